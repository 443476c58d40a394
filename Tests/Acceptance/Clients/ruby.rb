# A session of Step Functions with the AWS SDK for Ruby: ruby.rb ENDPOINT KEY SECRET [TOKEN]
#
# Prints `ok STEP` for each step, or `FAIL STEP: why` and ends with status 1.
require_relative 'sfn_model'

ROLE = 'arn:aws:iam::123456789012:role/any'.freeze
ENDPOINT, KEY, SECRET, TOKEN = ARGV
CLIENT = Aws::SFN::Client.new(
  region: 'us-east-1', endpoint: ENDPOINT, disable_host_prefix_injection: true,
  credentials: Aws::Credentials.new(KEY, SECRET, TOKEN)
)
MACHINES = []

def call(operation, members = {})
  CLIENT.build_request(operation, members).send_request
end

def step(name)
  found = yield
  raise "found #{found.inspect}" unless found == true

  puts "ok #{name}"
rescue StandardError => e
  puts "FAIL #{name}: #{e.class}: #{e.message}".tr("\n", ' ')
  exit 1
end

def machine(name, states, type = 'STANDARD')
  made = call(
    :create_state_machine, name: name, type: type, role_arn: ROLE,
    definition: JSON.generate(StartAt: 'S', States: states), tags: [{ key: 'team', value: 'a b' }]
  )
  raise "created at #{made.creation_date}" if (Time.now - made.creation_date).abs > 60

  MACHINES << made.state_machine_arn
  made.state_machine_arn
end

def ended(run)
  300.times do
    found = call(:describe_execution, execution_arn: run)
    return found.data unless found.status == 'RUNNING'

    sleep 0.1
  end
end

def error(kind)
  yield
  'no error'
rescue kind => e
  !e.message.empty?
end

hello = run = activity = nil
step('create') do
  hello = machine('ruby', S: { Type: 'Wait', Seconds: 1, Next: 'P' }, P: { Type: 'Pass', End: true })
  hello.end_with?(':stateMachine:ruby')
end
step('start') do
  made = call(:start_execution, state_machine_arn: hello, name: 'one', input: '{"a":"日本"}')
  run = made.execution_arn
  found = ended(run)
  [found.status, found.output, found.stop_date > found.start_date] ==
    ['SUCCEEDED', '{"a":"日本"}', true] || found
end
step('history') do
  pages = call(:get_execution_history, execution_arn: run, max_results: 4).map(&:events)
  pages.size == 2 && pages.flatten.map(&:type) == %w[
    ExecutionStarted WaitStateEntered WaitStateExited PassStateEntered PassStateExited
    ExecutionSucceeded
  ] || pages
end
step('stop') do
  long = machine('ruby-long', S: { Type: 'Wait', Seconds: 600, End: true })
  made = call(:start_execution, state_machine_arn: long)
  call(:stop_execution, execution_arn: made.execution_arn, error: 'Enough', cause: 'tired of it')
  found = ended(made.execution_arn)
  [found.status, found.error, found.cause] == ['ABORTED', 'Enough', 'tired of it'] || found
end
step('list') do
  count = call(:list_state_machines, max_results: 1).sum { |page| page.state_machines.size }
  stopped = call(:list_executions, state_machine_arn: MACHINES[1], status_filter: 'ABORTED')
  [count, stopped.executions.size] == [2, 1] || [count, stopped]
end
step('tags') do
  call(:tag_resource, resource_arn: hello, tags: [{ key: 'more', value: '' }])
  call(:list_tags_for_resource, resource_arn: hello).tags.size == 2
end
step('errors') do
  absent = run.sub('execution:ruby:', 'execution:no:')
  error(Aws::SFN::Errors::ExecutionDoesNotExist) do
    call(:describe_execution, execution_arn: absent)
  end && error(Aws::SFN::Errors::InvalidDefinition) do
    call(:create_state_machine, name: 'bad', role_arn: ROLE, definition: '{}')
  end
end
step('activity') do
  activity = call(:create_activity, name: 'ruby').activity_arn
  working = machine('ruby-work', S: { Type: 'Task', Resource: activity, End: true })
  made = call(:start_execution, state_machine_arn: working, input: '{"job":1}')
  task = call(:get_activity_task, activity_arn: activity, worker_name: 'ruby')
  call(:send_task_heartbeat, task_token: task.task_token)
  call(:send_task_success, task_token: task.task_token, output: task.input)
  found = ended(made.execution_arn)
  late = error(Aws::SFN::Errors::TaskTimedOut) do
    call(:send_task_success, task_token: task.task_token, output: '1')
  end
  [found.output, late] == ['{"job":1}', true] || [found, late]
end
step('sync') do
  express = machine('ruby-express', { S: { Type: 'Pass', End: true } }, 'EXPRESS')
  ran = call(:start_sync_execution, state_machine_arn: express, input: '[1]')
  ran.status == 'SUCCEEDED' && ran.output == '[1]' && !ran.billing_details.nil? || ran
end
step('delete') do
  MACHINES.each { |arn| call(:delete_state_machine, state_machine_arn: arn) }
  call(:delete_activity, activity_arn: activity)
  call(:list_activities).activities.empty?
end
