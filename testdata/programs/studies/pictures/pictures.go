// Package pictures registers users with a picture: the address of the picture is data that a
// request of the API sends, and no sign of another API.
package pictures

import (
	"encoding/json"
	"errors"

	"example.com/studies/builder"

	"github.com/rongcloud/server-sdk-go/RCServerSDK"
)

const nobody = "https://pictures.example.org/nobody.png"

type answer struct {
	Code  int    `json:"code"`
	Token string `json:"token"`
}

// Reported: the token of a failed call is stored.
func enter(rc *RCServerSDK.RCServer, store map[string]string, id string) error {
	data, err := rc.UserGetToken(id, id, "https://pictures.example.org/"+id) // want `\(unchecked\)`
	if err != nil {
		return err
	}
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return err
	}
	store[id] = a.Token
	return nil
}

// Not reported: the code is looked at by those who ask.
func register(id, picture string) (*answer, error) {
	data, err := builder.Post("https://api-cn.ronghub.com/user/getToken.json").Param("userId", id).Param("portraitUri", picture).Bytes()
	if err != nil {
		return nil, err
	}
	a := new(answer)
	return a, json.Unmarshal(data, a)
}

// Reported: nobody looks at it here.
func anonymous(id string) (string, error) {
	a, err := register(id, nobody) // want `\(unchecked\)`
	if err != nil {
		return "", err
	}
	return a.Token, nil
}

var errToken = errors.New("no token")

// Not reported: it is looked at.
func known(id string) (string, error) {
	a, err := register(id, nobody)
	if err != nil {
		return "", err
	}
	if a.Token == "" {
		return "", errToken
	}
	return a.Token, nil
}

// Not reported: the picture itself is fetched from somebody else.
func meta(id string) (int, error) {
	data, err := builder.Post("https://pictures.example.org/meta").Param("id", id).Bytes()
	if err != nil {
		return 0, err
	}
	var m struct {
		Code         int    `json:"code"`
		ErrorMessage string `json:"errorMessage"`
		Size         int    `json:"size"`
	}
	err = json.Unmarshal(data, &m)
	return m.Size, err
}
