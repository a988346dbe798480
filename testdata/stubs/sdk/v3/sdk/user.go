package sdk

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
)

// User is a registered user.
type User struct {
	Token  string `json:"token"`
	UserID string `json:"userId"`
	Status string `json:"status,omitempty"`
}

// BlockListResult lists blocked users.
type BlockListResult struct {
	Users []User `json:"users"`
}

// BlacklistResult lists the users that one user has blocked.
type BlacklistResult struct {
	Users []string `json:"users"`
}

// UserTokenExpireObj is an answer that has the code beside the error.
type UserTokenExpireObj struct {
	Code int `json:"code"`
}

// UserDeactivateResponse is a newer endpoint's answer.
type UserDeactivateResponse struct {
	Code      int    `json:"code"`
	OperateId string `json:"operateId"`
}

// UserRegister registers a user and yields a token.
func (rc *RongCloud) UserRegister(userID, name, portraitURI string) (User, error) {
	if userID == "" {
		return User{}, RCErrorNew(1002, "parameter userID is required")
	}
	req, err := rc.form("/user/getToken.json", url.Values{"userId": {userID}, "name": {name}, "portraitUri": {portraitURI}})
	if err != nil {
		return User{}, err
	}
	body, err := rc.do(req)
	if err != nil {
		rc.urlError(err)
		return User{}, err
	}
	var user User
	if err := json.Unmarshal(body, &user); err != nil {
		return User{}, err
	}
	return user, nil
}

// UserUpdate changes a user's name and portrait.
func (rc *RongCloud) UserUpdate(userID, name, portraitURI string) error {
	if userID == "" {
		return RCErrorNew(1002, "parameter userID is required")
	}
	req, err := rc.form("/user/refresh.json", url.Values{"userId": {userID}, "name": {name}, "portraitUri": {portraitURI}})
	if err != nil {
		return err
	}
	_, err = rc.do(req)
	if err != nil {
		rc.urlError(err)
	}
	return err
}

// BlockAdd blocks a user for some minutes.
func (rc *RongCloud) BlockAdd(id string, minute uint64) error {
	if id == "" {
		return RCErrorNew(1002, "parameter id is required")
	}
	if minute > 43200 {
		return RCErrorNew(20004, "at most thirty days")
	}
	req, err := rc.form("/user/block.json", url.Values{"userId": {id}, "minute": {strconv.FormatUint(minute, 10)}})
	if err != nil {
		return err
	}
	_, err = rc.do(req)
	if err != nil {
		rc.urlError(err)
	}
	return err
}

// BlockRemove unblocks a user.
func (rc *RongCloud) BlockRemove(id string) error {
	if id == "" {
		return RCErrorNew(1002, "parameter id is required")
	}
	req, err := rc.form("/user/unblock.json", url.Values{"userId": {id}})
	if err != nil {
		return err
	}
	_, err = rc.do(req)
	return err
}

// BlockGetList lists the blocked users.
func (rc *RongCloud) BlockGetList() (BlockListResult, error) {
	req, err := rc.form("/user/block/query.json", nil)
	if err != nil {
		return BlockListResult{}, err
	}
	body, err := rc.do(req)
	if err != nil {
		return BlockListResult{}, err
	}
	var list BlockListResult
	if err := json.Unmarshal(body, &list); err != nil {
		return BlockListResult{}, err
	}
	return list, nil
}

// BlacklistAdd makes one user block others.
func (rc *RongCloud) BlacklistAdd(id string, blacklist []string) error {
	if len(blacklist) == 0 {
		return RCErrorNew(1002, "parameter blacklist is required")
	}
	req, err := rc.form("/user/blacklist/add.json", url.Values{"userId": {id}, "blackUserId": blacklist})
	if err != nil {
		return err
	}
	_, err = rc.do(req)
	return err
}

// OnlineStatusCheck says whether a user is online.
func (rc *RongCloud) OnlineStatusCheck(userID string) (int, error) {
	if userID == "" {
		return -1, RCErrorNew(1002, "parameter userID is required")
	}
	req, err := rc.form("/user/checkOnline.json", url.Values{"userId": {userID}})
	if err != nil {
		return -1, err
	}
	body, err := rc.do(req)
	if err != nil {
		return -1, err
	}
	var user User
	if err := json.Unmarshal(body, &user); err != nil {
		return -1, err
	}
	status, _ := strconv.Atoi(user.Status)
	return status, nil
}

// UserTokenExpireResObj expires the tokens that are older than t.
func (rc *RongCloud) UserTokenExpireResObj(userId string, t int64) (UserTokenExpireObj, error) {
	var result UserTokenExpireObj
	body, err := rc.UserTokenExpire(userId, t)
	if err != nil {
		return result, err
	}
	if err := json.Unmarshal(body, &result); err != nil {
		return result, err
	}
	return result, err
}

// UserTokenExpire is UserTokenExpireResObj with the bytes as they came.
func (rc *RongCloud) UserTokenExpire(userId string, t int64) ([]byte, error) {
	if userId == "" {
		return nil, RCErrorNew(1002, "parameter userId is required")
	}
	req, err := rc.form("/user/token/expire.json", url.Values{"userId": {userId}, "time": {strconv.FormatInt(t, 10)}})
	if err != nil {
		return nil, err
	}
	res, err := rc.do(req)
	if err != nil {
		rc.urlError(err)
	}
	return res, err
}

// UserDeactivate asks for users to be deactivated.
func (rc *RongCloud) UserDeactivate(userIds []string) (*UserDeactivateResponse, error) {
	req, err := rc.form("/user/deactivate.json", url.Values{"userId": {strings.Join(userIds, ",")}})
	if err != nil {
		return nil, err
	}
	body, err := rc.doV2(req)
	if err != nil {
		return nil, err
	}
	var result UserDeactivateResponse
	if err := json.Unmarshal(body, &result); err != nil {
		return nil, err
	}
	return &result, nil
}
