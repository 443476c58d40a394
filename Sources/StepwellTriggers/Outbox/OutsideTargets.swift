/// The port to targets outside of the engine: queues and whatever else its client of AWS sends to.
package protocol OutsideTargets: DeliveryPerformer {}
