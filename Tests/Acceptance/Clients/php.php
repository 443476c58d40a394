<?php

// A session of Step Functions with AsyncAws for PHP: php.php ENDPOINT KEY SECRET [TOKEN]
//
// Debian has AsyncAws's core, which signs, sends and tells errors; the operations are called by
// name. Prints `ok STEP` for each step, or `FAIL STEP: why` and ends with status 1.

declare(strict_types=1);

require '/usr/share/php/AsyncAws/Core/autoload.php';

use AsyncAws\Core\AbstractApi;
use AsyncAws\Core\AwsError\AwsErrorFactoryInterface;
use AsyncAws\Core\AwsError\JsonRpcAwsErrorFactory;
use AsyncAws\Core\Exception\Http\HttpException;
use AsyncAws\Core\Request;
use AsyncAws\Core\RequestContext;
use AsyncAws\Core\Stream\StringStream;

const ROLE = 'arn:aws:iam::123456789012:role/any';

final class StepFunctions extends AbstractApi
{
    public function call(string $operation, array $members = []): array
    {
        $headers = [
            'Content-Type' => 'application/x-amz-json-1.0',
            'X-Amz-Target' => "AWSStepFunctions.$operation",
        ];
        $body = StringStream::create(json_encode((object) $members, JSON_THROW_ON_ERROR));
        $answer = $this->getResponse(
            new Request('POST', '/', [], $headers, $body),
            new RequestContext(['operation' => $operation])
        );

        return $answer->toArray();
    }

    protected function getAwsErrorFactory(): AwsErrorFactoryInterface
    {
        return new JsonRpcAwsErrorFactory();
    }

    protected function getEndpointMetadata(?string $region): array
    {
        return [
            'endpoint' => 'https://states.amazonaws.com', 'signRegion' => 'us-east-1',
            'signService' => 'states', 'signVersions' => ['v4'],
        ];
    }
}

final class Session
{
    private array $machines = [];
    private string $run = '';
    private string $activity = '';

    public function __construct(private StepFunctions $sfn)
    {
    }

    private function machine(string $name, array $states, string $type = 'STANDARD'): string
    {
        $made = $this->sfn->call('CreateStateMachine', [
            'name' => $name, 'type' => $type, 'roleArn' => ROLE,
            'definition' => json_encode(['StartAt' => 'S', 'States' => $states]),
            'tags' => [['key' => 'team', 'value' => 'a b']],
        ]);

        return $this->machines[] = $made['stateMachineArn'];
    }

    private function start(string $machine, string $input): string
    {
        $members = ['stateMachineArn' => $machine, 'input' => $input];

        return $this->sfn->call('StartExecution', $members)['executionArn'];
    }

    private function ended(string $run): array
    {
        for ($tries = 0; $tries < 300; ++$tries) {
            $found = $this->sfn->call('DescribeExecution', ['executionArn' => $run]);
            if ('RUNNING' !== $found['status']) {
                return $found;
            }
            usleep(100000);
        }
        throw new RuntimeException('it does not end');
    }

    /** The error that a call gets. */
    private function refused(string $operation, array $members): ?string
    {
        try {
            $this->sfn->call($operation, $members);
        } catch (HttpException $error) {
            return '' === $error->getAwsMessage() ? null : $error->getAwsCode();
        }

        return null;
    }

    private function all(string $operation, array $members, string $list): array
    {
        [$pages, $token] = [[], []];
        do {
            $page = $this->sfn->call($operation, $members + $token);
            $pages[] = $page[$list];
            $token = ['nextToken' => $page['nextToken'] ?? null];
        } while (null !== $token['nextToken']);

        return $pages;
    }

    public function create(): array
    {
        $wait = ['Type' => 'Wait', 'Seconds' => 1, 'Next' => 'P'];
        $pass = ['Type' => 'Pass', 'Result' => ['ü' => [], 'n' => 1.5], 'End' => true];
        $arn = $this->machine('php', ['S' => $wait, 'P' => $pass]);

        return [':stateMachine:php', strrchr(substr($arn, 0, -4), ':') . ':php'];
    }

    public function startAndWait(): array
    {
        $this->run = $this->start($this->machines[0], '{"a":{}}');
        $found = $this->ended($this->run);

        return [
            ['SUCCEEDED', ['ü' => [], 'n' => 1.5], '{"a":{}}'],
            [$found['status'], json_decode($found['output'], true), $found['input']],
        ];
    }

    public function history(): array
    {
        $members = ['executionArn' => $this->run, 'maxResults' => 4];
        $pages = $this->all('GetExecutionHistory', $members, 'events');

        return [[2, [
            'ExecutionStarted', 'WaitStateEntered', 'WaitStateExited', 'PassStateEntered',
            'PassStateExited', 'ExecutionSucceeded',
        ]], [count($pages), array_column(array_merge(...$pages), 'type')]];
    }

    public function stop(): array
    {
        $wait = ['Type' => 'Wait', 'Seconds' => 600, 'End' => true];
        $run = $this->start($this->machine('php-long', ['S' => $wait]), '{}');
        $this->sfn->call('StopExecution', ['executionArn' => $run, 'error' => 'Enough']);
        $found = $this->ended($run);

        return [['ABORTED', 'Enough'], [$found['status'], $found['error']]];
    }

    public function list(): array
    {
        $pages = $this->all('ListStateMachines', ['maxResults' => 1], 'stateMachines');
        $members = ['stateMachineArn' => $this->machines[1], 'statusFilter' => 'ABORTED'];
        $stopped = $this->sfn->call('ListExecutions', $members)['executions'];

        return [[2, 1], [count(array_merge(...$pages)), count($stopped)]];
    }

    public function tags(): array
    {
        $members = ['resourceArn' => $this->machines[0]];
        $this->sfn->call('TagResource', $members + ['tags' => [['key' => 'more', 'value' => '']]]);

        return [2, count($this->sfn->call('ListTagsForResource', $members)['tags'])];
    }

    public function errors(): array
    {
        $absent = str_replace('execution:php:', 'execution:no:', $this->run);
        $bad = ['name' => 'bad', 'roleArn' => ROLE, 'definition' => '{}'];

        return [['ExecutionDoesNotExist', 'InvalidDefinition'], [
            $this->refused('DescribeExecution', ['executionArn' => $absent]),
            $this->refused('CreateStateMachine', $bad),
        ]];
    }

    public function work(): array
    {
        $this->activity = $this->sfn->call('CreateActivity', ['name' => 'php'])['activityArn'];
        $task = ['Type' => 'Task', 'Resource' => $this->activity, 'End' => true];
        $run = $this->start($this->machine('php-work', ['S' => $task]), '{"job":1}');
        $task = $this->sfn->call('GetActivityTask', ['activityArn' => $this->activity]);
        $token = ['taskToken' => $task['taskToken']];
        $this->sfn->call('SendTaskHeartbeat', $token);
        $this->sfn->call('SendTaskSuccess', $token + ['output' => $task['input']]);
        $found = $this->ended($run);

        return [['{"job":1}', 'TaskTimedOut'], [
            $found['output'], $this->refused('SendTaskSuccess', $token + ['output' => '1']),
        ]];
    }

    public function sync(): array
    {
        $pass = ['Type' => 'Pass', 'End' => true];
        $arn = $this->machine('php-express', ['S' => $pass], 'EXPRESS');
        $ran = $this->sfn->call('StartSyncExecution', ['stateMachineArn' => $arn]);

        return [['SUCCEEDED', '{}'], [$ran['status'], $ran['output']]];
    }

    public function delete(): array
    {
        foreach ($this->machines as $arn) {
            $this->sfn->call('DeleteStateMachine', ['stateMachineArn' => $arn]);
        }
        $this->sfn->call('DeleteActivity', ['activityArn' => $this->activity]);

        return [[], $this->sfn->call('ListActivities')['activities']];
    }
}

$keys = ['accessKeyId' => $argv[2], 'accessKeySecret' => $argv[3]];
$keys += isset($argv[4]) ? ['sessionToken' => $argv[4]] : [];
$client = new StepFunctions(['endpoint' => $argv[1], 'region' => 'us-east-1'] + $keys);
$session = new Session($client);
$steps = [
    'create' => 'create', 'start' => 'startAndWait', 'history' => 'history', 'stop' => 'stop',
    'list' => 'list', 'tags' => 'tags', 'errors' => 'errors', 'activity' => 'work',
    'sync' => 'sync', 'delete' => 'delete',
];
foreach ($steps as $name => $step) {
    try {
        [$expected, $found] = $session->$step();
        if ($expected != $found) {
            throw new RuntimeException('found ' . json_encode($found, JSON_UNESCAPED_UNICODE));
        }
    } catch (Throwable $error) {
        $what = $error instanceof HttpException ? $error->getAwsCode() . ': ' : '';
        echo "FAIL $name: $what", strtr($error->getMessage(), "\n", ' '), "\n";
        exit(1);
    }
    echo "ok $name\n";
}
