/// Where an operator stands, for its errors.
struct Place {
    let position: Int
    let token: String
}
