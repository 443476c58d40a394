// A session of Step Functions with the AWS SDK for Go v1: go_v1 ENDPOINT KEY SECRET [TOKEN]
//
// Prints `ok STEP` for each step, or `FAIL STEP: why` and ends with status 1.
package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go/aws"
	"github.com/aws/aws-sdk-go/aws/credentials"
	"github.com/aws/aws-sdk-go/aws/session"
	"github.com/aws/aws-sdk-go/service/sfn"
)

// done tells that a step has ended, if it has: without an error, and with what it had to find.
func done(step string, err error, holds bool, found ...any) {
	if err == nil && !holds {
		err = fmt.Errorf("found %v", found)
	}
	if err != nil {
		fmt.Printf("FAIL %s: %s\n", step, strings.ReplaceAll(err.Error(), "\n", " "))
		os.Exit(1)
	}
	fmt.Println("ok", step)
}

// need ends the program when a call of a step fails.
func need(step string, err error) {
	if err != nil {
		done(step, err, false)
	}
}

func client() *sfn.SFN {
	token := ""
	if len(os.Args) > 4 {
		token = os.Args[4]
	}
	return sfn.New(session.Must(session.NewSession(&aws.Config{
		Endpoint: &os.Args[1], Region: aws.String("us-east-1"),
		Credentials:               credentials.NewStaticCredentials(os.Args[2], os.Args[3], token),
		DisableEndpointHostPrefix: aws.Bool(true),
	})))
}

func main() {
	c := client()
	var machines []*string
	machine := func(step, name, kind, states string) *string {
		made, err := c.CreateStateMachine(&sfn.CreateStateMachineInput{
			Name: &name, Type: &kind, RoleArn: aws.String("arn:aws:iam::123456789012:role/any"),
			Definition: aws.String(`{"StartAt":"S","States":` + states + `}`),
			Tags:       []*sfn.Tag{{Key: aws.String("team"), Value: aws.String("a b")}},
		})
		need(step, err)
		machines = append(machines, made.StateMachineArn)
		return made.StateMachineArn
	}
	start := func(step string, machine *string, input string) *string {
		made, err := c.StartExecution(
			&sfn.StartExecutionInput{StateMachineArn: machine, Input: &input})
		need(step, err)
		return made.ExecutionArn
	}
	ended := func(step string, run *string) *sfn.DescribeExecutionOutput {
		for end := time.Now().Add(30 * time.Second); ; time.Sleep(100 * time.Millisecond) {
			found, err := c.DescribeExecution(&sfn.DescribeExecutionInput{ExecutionArn: run})
			need(step, err)
			if *found.Status != sfn.ExecutionStatusRunning || time.Now().After(end) {
				return found
			}
		}
	}

	hello := machine("create", "go-v1", sfn.StateMachineTypeStandard,
		`{"S":{"Type":"Wait","Seconds":1,"Next":"P"},"P":{"Type":"Pass","End":true}}`)
	done("create", nil, true)

	run := start("start", hello, `{"x":"ß"}`)
	found := ended("start", run)
	done("start", nil, *found.Status == sfn.ExecutionStatusSucceeded &&
		*found.Output == `{"x":"ß"}` && found.StopDate.After(*found.StartDate), found)

	pages, kinds := 0, ""
	err := c.GetExecutionHistoryPages(
		&sfn.GetExecutionHistoryInput{ExecutionArn: run, MaxResults: aws.Int64(4)},
		func(page *sfn.GetExecutionHistoryOutput, _ bool) bool {
			for _, event := range page.Events {
				kinds += " " + *event.Type
			}
			pages++
			return true
		})
	done("history", err, pages == 2 && kinds == " ExecutionStarted WaitStateEntered "+
		"WaitStateExited PassStateEntered PassStateExited ExecutionSucceeded", pages, kinds)

	long := machine("stop", "go-v1-long", sfn.StateMachineTypeStandard,
		`{"S":{"Type":"Wait","Seconds":600,"End":true}}`)
	stopped := start("stop", long, "{}")
	_, err = c.StopExecution(&sfn.StopExecutionInput{
		ExecutionArn: stopped, Error: aws.String("Enough"), Cause: aws.String("tired of it"),
	})
	need("stop", err)
	found = ended("stop", stopped)
	done("stop", nil, *found.Status == sfn.ExecutionStatusAborted, found)

	count := 0
	err = c.ListStateMachinesPages(&sfn.ListStateMachinesInput{MaxResults: aws.Int64(1)},
		func(page *sfn.ListStateMachinesOutput, _ bool) bool {
			count += len(page.StateMachines)
			return true
		})
	need("list", err)
	aborted, err := c.ListExecutions(&sfn.ListExecutionsInput{
		StateMachineArn: long, StatusFilter: aws.String(sfn.ExecutionStatusAborted),
	})
	need("list", err)
	done("list", nil, count == 2 && len(aborted.Executions) == 1, count, aborted)

	tags, err := c.ListTagsForResource(&sfn.ListTagsForResourceInput{ResourceArn: hello})
	need("tags", err)
	done("tags", nil, len(tags.Tags) == 1 && *tags.Tags[0].Value == "a b", tags)

	_, err = c.DescribeExecution(&sfn.DescribeExecutionInput{
		ExecutionArn: aws.String(strings.Replace(*run, "execution:go-v1:", "execution:no:", 1)),
	})
	_, isAbsent := err.(*sfn.ExecutionDoesNotExist)
	_, refused := c.CreateStateMachine(&sfn.CreateStateMachineInput{
		Name: aws.String("bad"), Definition: aws.String("{}"),
		RoleArn: aws.String("arn:aws:iam::123456789012:role/any"),
	})
	_, isInvalid := refused.(*sfn.InvalidDefinition)
	done("errors", nil, isAbsent && isInvalid, err, refused)

	activity, err := c.CreateActivity(&sfn.CreateActivityInput{Name: aws.String("go-v1")})
	need("activity", err)
	working := machine("activity", "go-v1-work", sfn.StateMachineTypeStandard, fmt.Sprintf(
		`{"S":{"Type":"Task","Resource":%q,"HeartbeatSeconds":30,"End":true}}`,
		*activity.ActivityArn))
	job := start("activity", working, `{"job":1}`)
	task, err := c.GetActivityTask(&sfn.GetActivityTaskInput{ActivityArn: activity.ActivityArn})
	need("activity", err)
	_, err = c.SendTaskHeartbeat(&sfn.SendTaskHeartbeatInput{TaskToken: task.TaskToken})
	need("activity", err)
	answer := sfn.SendTaskSuccessInput{TaskToken: task.TaskToken, Output: task.Input}
	_, err = c.SendTaskSuccess(&answer)
	need("activity", err)
	found = ended("activity", job)
	_, err = c.SendTaskSuccess(&answer)
	_, isLate := err.(*sfn.TaskTimedOut)
	done("activity", nil, isLate && *found.Output == `{"job":1}`, found, err)

	express := machine("sync", "go-v1-express", sfn.StateMachineTypeExpress,
		`{"S":{"Type":"Fail","Error":"E","Cause":"C"}}`)
	ran, err := c.StartSyncExecution(&sfn.StartSyncExecutionInput{StateMachineArn: express})
	need("sync", err)
	done("sync", nil, *ran.Status == sfn.SyncExecutionStatusFailed && *ran.Error == "E", ran)

	for _, arn := range machines {
		_, err = c.DeleteStateMachine(&sfn.DeleteStateMachineInput{StateMachineArn: arn})
		need("delete", err)
	}
	_, err = c.DeleteActivity(&sfn.DeleteActivityInput{ActivityArn: activity.ActivityArn})
	done("delete", err, true)
}
