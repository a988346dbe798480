// Package negatives has a function for each thing that is not reported, named
// after the reason.
package negatives

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"reflect"

	"github.com/rongcloud/server-sdk-go/v4/sdk"
)

// App is an application that uses the API.
type App struct {
	rc     *sdk.RongCloud
	busy   []string
	count  map[int]int
	failed int
	codes  chan int
	cache  map[string]string
}

var (
	errFailed   = errors.New("failed")
	errTryLater = errors.New("try later")
)

// Rules: origin/number-alone.
func notByValue(n int) bool { return n == 1008 || n == 429 || n == 24402 }

// Rules: origin/number-alone.
func notByVariableName(code, errorCode, returnCode int) bool {
	return code == 1002 || errorCode == 1008 || returnCode == 777
}

type ownError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// Rules: origin/number-alone.
func notByFieldName(e ownError) bool { return e.Code == 1008 }

func notByShapeAlone(r io.Reader) (bool, error) {
	var e ownError
	if err := json.NewDecoder(r).Decode(&e); err != nil {
		return false, err
	}
	return e.Code == 1008, nil
}

// Rules: origin/sdk-field.
func notByPackageName(f func() (int, error)) bool {
	code, err := f()
	return err == nil && code == 1002
}

func (a *App) notTheResponseBesideTheError(id string) (string, error) {
	result, err := a.rc.GroupCreate(id, id, nil)
	if err != nil {
		return "", err
	}
	return result.MessageUID, nil
}

func (a *App) notAnErrorWithoutCode(m *sdk.TXTMsg) string {
	text, _ := m.ToString()
	return text
}

// Rules: origin/built-struct.
func notARequestsBody(r *http.Request) error {
	var in struct {
		Code         int    `json:"code"`
		ErrorMessage string `json:"errorMessage"`
	}
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return errFailed
	}
	if in.Code == 1008 {
		return errTryLater
	}
	return nil
}

// Rules: origin/built-struct.
func notWhatIsOnlyEncoded(w io.Writer) error {
	out := struct {
		Code         int    `json:"code"`
		ErrorMessage string `json:"errorMessage"`
	}{1008, "slow down"}
	return json.NewEncoder(w).Encode(out)
}

func notAnotherResponse(client *http.Client, url string) error {
	resp, err := client.Get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode == 429 {
		return errTryLater
	}
	return nil
}

// Rules: flow/hidden-elements.
func (a *App) notThroughSliceElements(failures []sdk.CodeResult) bool {
	var list []int
	for _, failure := range failures {
		list = append(list, failure.Code)
	}
	return len(list) > 0 && list[0] == 1008
}

// Rules: flow/hidden-elements.
func (a *App) notThroughMapElements(failure sdk.CodeResult) bool {
	m := map[string]int{}
	m["last"] = failure.Code
	return m["last"] == 1008
}

// Rules: flow/hidden-elements.
func (a *App) notThroughChannels(failure sdk.CodeResult) bool {
	a.codes <- failure.Code
	return <-a.codes == 1008
}

// Rules: flow/hidden-elements.
func notThroughReflection(failure sdk.CodeResult) bool {
	return reflect.ValueOf(failure).Field(0).Int() == 1008
}

type answer struct {
	Status int //retcode:code http
}

type twoSpaces struct{ number int }

// Rules: flow/own-numbers.
func notWhatTwoSpacesReach(failure sdk.CodeResult, a answer, inner bool) bool {
	t := twoSpaces{failure.Code}
	if !inner {
		t.number = a.Status
	}
	return t.number == 1008 || t.number == 429
}

type withOwnNumbers struct{ code int }

// Rules: flow/own-numbers.
func notAFieldWithOwnNumbers(failure sdk.CodeResult, ok bool) bool {
	e := withOwnNumbers{failure.Code}
	if !ok {
		e.code = 40001
	}
	return e.code == 40001 || e.code == 1008
}

func notAResultWithOwnNumbers(err error) int {
	var failure sdk.CodeResult
	if errors.As(err, &failure) {
		return failure.Code
	}
	return -1
}

// Rules: flow/own-numbers.
func useOwnNumbers(err error) bool { return notAResultWithOwnNumbers(err) == 777 }

// Rules: magic/range-bound.
func notTwoDynamicCodes(a, b sdk.CodeResult) bool { return a.Code == b.Code }

// Rules: magic/range-bound.
func (a *App) notKeysOfOtherMaps(failure sdk.CodeResult) { a.count[failure.Code]++ }
