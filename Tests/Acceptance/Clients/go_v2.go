// A session of Step Functions with the AWS SDK for Go v2: go_v2 ENDPOINT KEY SECRET [TOKEN]
//
// Prints `ok STEP` for each step, or `FAIL STEP: why` and ends with status 1.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/aws/aws-sdk-go-v2/service/sfn/types"
	"github.com/aws/smithy-go"
)

var role = aws.String("arn:aws:iam::123456789012:role/any")

const (
	short = `{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":1,"Next":"P"},` +
		`"P":{"Type":"Pass","Result":{"ü":1.50},"End":true}}}`
	long    = `{"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":600,"End":true}}}`
	express = `{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}`
)

// session is the client, and what its steps found.
type session struct {
	*sfn.Client
	ctx      context.Context
	machines []*string
	activity *string
	run      *string
}

func (s *session) machine(name, definition string, kind types.StateMachineType) (*string, error) {
	made, err := s.CreateStateMachine(s.ctx, &sfn.CreateStateMachineInput{
		Name: &name, Definition: &definition, RoleArn: role, Type: kind,
		Tags:                 []types.Tag{{Key: aws.String("team"), Value: aws.String("a b")}},
		LoggingConfiguration: &types.LoggingConfiguration{Level: types.LogLevelOff},
		TracingConfiguration: &types.TracingConfiguration{Enabled: true},
	})
	if err != nil {
		return nil, err
	}
	if age := time.Since(aws.ToTime(made.CreationDate)); age < -time.Minute || age > time.Minute {
		return nil, fmt.Errorf("created %v ago", age)
	}
	s.machines = append(s.machines, made.StateMachineArn)
	return made.StateMachineArn, nil
}

func (s *session) start(machine *string, input string) (*string, error) {
	made, err := s.StartExecution(s.ctx, &sfn.StartExecutionInput{
		StateMachineArn: machine, Input: &input,
	})
	if err != nil {
		return nil, err
	}
	return made.ExecutionArn, nil
}

// ended waits for an execution's end.
func (s *session) ended(run *string) (*sfn.DescribeExecutionOutput, error) {
	for range make([]struct{}, 300) {
		found, err := s.DescribeExecution(s.ctx, &sfn.DescribeExecutionInput{ExecutionArn: run})
		if err != nil || found.Status != types.ExecutionStatusRunning {
			return found, err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil, errors.New("it does not end")
}

func (s *session) create() error {
	_, err := s.machine("go-v2", short, types.StateMachineTypeStandard)
	return err
}

func (s *session) startAndWait() (err error) {
	if s.run, err = s.start(s.machines[0], `{"x":"ß"}`); err != nil {
		return err
	}
	found, err := s.ended(s.run)
	if err != nil {
		return err
	}
	var output map[string]float64
	if err := json.Unmarshal([]byte(aws.ToString(found.Output)), &output); err != nil {
		return err
	}
	return expect(found.Status == types.ExecutionStatusSucceeded && output["ü"] == 1.5 &&
		aws.ToString(found.Input) == `{"x":"ß"}` && found.StopDate.After(*found.StartDate) &&
		found.OutputDetails.Included, found)
}

func (s *session) history() error {
	pages := sfn.NewGetExecutionHistoryPaginator(s.Client, &sfn.GetExecutionHistoryInput{
		ExecutionArn: s.run, MaxResults: 4,
	})
	var kinds []string
	count := 0
	for pages.HasMorePages() {
		page, err := pages.NextPage(s.ctx)
		if err != nil {
			return err
		}
		for _, event := range page.Events {
			kinds = append(kinds, string(event.Type))
		}
		count++
	}
	return expect(count == 2 && strings.Join(kinds, " ") == "ExecutionStarted WaitStateEntered "+
		"WaitStateExited PassStateEntered PassStateExited ExecutionSucceeded", count, kinds)
}

func (s *session) stop() error {
	machine, err := s.machine("go-v2-long", long, types.StateMachineTypeStandard)
	if err != nil {
		return err
	}
	run, err := s.start(machine, "{}")
	if err != nil {
		return err
	}
	_, err = s.StopExecution(s.ctx, &sfn.StopExecutionInput{
		ExecutionArn: run, Error: aws.String("Enough"), Cause: aws.String("tired of it"),
	})
	if err != nil {
		return err
	}
	found, err := s.ended(run)
	if err != nil {
		return err
	}
	return expect(found.Status == types.ExecutionStatusAborted, found)
}

func (s *session) list() error {
	pages := sfn.NewListStateMachinesPaginator(
		s.Client, &sfn.ListStateMachinesInput{MaxResults: 1})
	count := 0
	for pages.HasMorePages() {
		page, err := pages.NextPage(s.ctx)
		if err != nil {
			return err
		}
		count += len(page.StateMachines)
	}
	stopped, err := s.ListExecutions(s.ctx, &sfn.ListExecutionsInput{
		StateMachineArn: s.machines[1], StatusFilter: types.ExecutionStatusAborted,
	})
	if err != nil {
		return err
	}
	return expect(count == 2 && len(stopped.Executions) == 1, count, stopped)
}

func (s *session) tags() error {
	_, err := s.TagResource(s.ctx, &sfn.TagResourceInput{
		ResourceArn: s.machines[0],
		Tags:        []types.Tag{{Key: aws.String("more"), Value: aws.String("")}},
	})
	if err != nil {
		return err
	}
	found, err := s.ListTagsForResource(
		s.ctx, &sfn.ListTagsForResourceInput{ResourceArn: s.machines[0]})
	if err != nil {
		return err
	}
	return expect(len(found.Tags) == 2, found)
}

func (s *session) errors() error {
	_, err := s.DescribeExecution(s.ctx, &sfn.DescribeExecutionInput{
		ExecutionArn: aws.String(strings.Replace(*s.run, "execution:go-v2:", "execution:no:", 1)),
	})
	var absent *types.ExecutionDoesNotExist
	var api smithy.APIError
	if !errors.As(err, &absent) || !errors.As(err, &api) || api.ErrorMessage() == "" {
		return fmt.Errorf("no ExecutionDoesNotExist: %w", err)
	}
	_, err = s.machine("go-v2-bad", "{}", types.StateMachineTypeStandard)
	var invalid *types.InvalidDefinition
	if !errors.As(err, &invalid) {
		return fmt.Errorf("no InvalidDefinition: %w", err)
	}
	return nil
}

func (s *session) work() error {
	made, err := s.CreateActivity(s.ctx, &sfn.CreateActivityInput{Name: aws.String("go-v2")})
	if err != nil {
		return err
	}
	s.activity = made.ActivityArn
	machine, err := s.machine("go-v2-work", fmt.Sprintf(
		`{"StartAt":"T","States":{"T":{"Type":"Task","Resource":%q,"HeartbeatSeconds":30,`+
			`"End":true}}}`, *s.activity), types.StateMachineTypeStandard)
	if err != nil {
		return err
	}
	run, err := s.start(machine, `{"job":1}`)
	if err != nil {
		return err
	}
	task, err := s.GetActivityTask(s.ctx, &sfn.GetActivityTaskInput{
		ActivityArn: s.activity, WorkerName: aws.String("go"),
	})
	if err != nil {
		return err
	}
	_, err = s.SendTaskHeartbeat(s.ctx, &sfn.SendTaskHeartbeatInput{TaskToken: task.TaskToken})
	if err != nil {
		return err
	}
	done := sfn.SendTaskSuccessInput{TaskToken: task.TaskToken, Output: aws.String(`"done"`)}
	if _, err = s.SendTaskSuccess(s.ctx, &done); err != nil {
		return err
	}
	found, err := s.ended(run)
	if err != nil {
		return err
	}
	_, err = s.SendTaskSuccess(s.ctx, &done)
	var late *types.TaskTimedOut
	return expect(errors.As(err, &late) && aws.ToString(task.Input) == `{"job":1}` &&
		aws.ToString(found.Output) == `"done"`, found, err)
}

func (s *session) sync() error {
	machine, err := s.machine("go-v2-express", express, types.StateMachineTypeExpress)
	if err != nil {
		return err
	}
	ran, err := s.StartSyncExecution(s.ctx, &sfn.StartSyncExecutionInput{
		StateMachineArn: machine, Input: aws.String(`{"a":1}`),
	})
	if err != nil {
		return err
	}
	return expect(ran.Status == types.SyncExecutionStatusSucceeded &&
		aws.ToString(ran.Output) == `{"a":1}` && ran.BillingDetails != nil, ran)
}

func (s *session) delete() error {
	for _, machine := range s.machines {
		_, err := s.DeleteStateMachine(
			s.ctx, &sfn.DeleteStateMachineInput{StateMachineArn: machine})
		if err != nil {
			return err
		}
	}
	_, err := s.DeleteActivity(s.ctx, &sfn.DeleteActivityInput{ActivityArn: s.activity})
	return err
}

func expect(holds bool, found ...any) error {
	if holds {
		return nil
	}
	text, _ := json.Marshal(found)
	return fmt.Errorf("found %s", text)
}

func main() {
	token := ""
	if len(os.Args) > 4 {
		token = os.Args[4]
	}
	endpoint := aws.EndpointResolverWithOptionsFunc(
		func(string, string, ...interface{}) (aws.Endpoint, error) {
			// An immutable host is not given the prefix `sync-`.
			return aws.Endpoint{
				URL: os.Args[1], SigningRegion: "us-east-1", HostnameImmutable: true,
			}, nil
		})
	ctx := context.Background()
	settings, err := config.LoadDefaultConfig(ctx, config.WithRegion("us-east-1"),
		config.WithEndpointResolverWithOptions(endpoint),
		config.WithCredentialsProvider(
			credentials.NewStaticCredentialsProvider(os.Args[2], os.Args[3], token)))
	if err != nil {
		fmt.Println("FAIL configuration:", err)
		os.Exit(1)
	}
	s := &session{Client: sfn.NewFromConfig(settings), ctx: ctx}
	for _, step := range []struct {
		name string
		run  func() error
	}{
		{"create", s.create}, {"start", s.startAndWait}, {"history", s.history},
		{"stop", s.stop}, {"list", s.list}, {"tags", s.tags}, {"errors", s.errors},
		{"activity", s.work}, {"sync", s.sync}, {"delete", s.delete},
	} {
		if err := step.run(); err != nil {
			fmt.Printf("FAIL %s: %s\n", step.name, strings.ReplaceAll(err.Error(), "\n", " "))
			os.Exit(1)
		}
		fmt.Println("ok", step.name)
	}
}
