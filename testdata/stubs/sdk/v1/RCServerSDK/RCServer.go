// Package RCServerSDK has the shape of the vendor's SDK, first version, for
// tests: methods answer with the bytes of the body.
package RCServerSDK

import (
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	RC_SERVER_API_URL          = "http://api.cn.ronghub.com"
	RC_USER_GET_TOKEN          = "/user/getToken"
	RC_USER_REFRESH            = "/user/refresh"
	RC_USER_CHECK_ONLINE       = "/user/checkOnline"
	RC_USER_BLOCK              = "/user/block"
	RC_USER_UNBLOCK            = "/user/unblock"
	RC_MESSAGE_PRIVATE_PUBLISH = "/message/private/publish"
	RC_GROUP_CREATE            = "/group/create"
	RC_GROUP_USER_QUERY        = "/group/user/query"
)

// RCServer is the client.
type RCServer struct {
	apiUrl, appKey, appSecret, format string
}

// NewRCServer makes a client; format is json or xml.
func NewRCServer(appKey, appSecret, format string) (rcServer *RCServer, initError error) {
	if appKey == "" || appSecret == "" {
		return nil, errors.New("appKey and appSecret are required")
	}
	return &RCServer{RC_SERVER_API_URL, appKey, appSecret, "." + format}, nil
}

func (rcServer *RCServer) post(path string, values url.Values) ([]byte, error) {
	req, err := http.NewRequest("POST", rcServer.apiUrl+path+rcServer.format, strings.NewReader(values.Encode()))
	if err != nil {
		return nil, err
	}
	now := time.Now()
	nonce, stamp := strconv.Itoa(now.Nanosecond()), strconv.FormatInt(now.Unix(), 10)
	sum := sha1.Sum([]byte(rcServer.appSecret + nonce + stamp))
	req.Header.Set("App-Key", rcServer.appKey)
	req.Header.Set("Nonce", nonce)
	req.Header.Set("Timestamp", stamp)
	req.Header.Set("Signature", hex.EncodeToString(sum[:]))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// UserGetToken registers a user and yields a token.
func (rcServer *RCServer) UserGetToken(userId, name, portraitUri string) ([]byte, error) {
	byteData, err := rcServer.post(RC_USER_GET_TOKEN, url.Values{"userId": {userId}, "name": {name}, "portraitUri": {portraitUri}})
	return byteData, err
}

// UserRefresh changes a user's name and portrait.
func (rcServer *RCServer) UserRefresh(userId, name, portraitUri string) ([]byte, error) {
	byteData, err := rcServer.post(RC_USER_REFRESH, url.Values{"userId": {userId}, "name": {name}})
	return byteData, err
}

// UserCheckOnline says whether a user is online.
func (rcServer *RCServer) UserCheckOnline(userId string) ([]byte, error) {
	byteData, err := rcServer.post(RC_USER_CHECK_ONLINE, url.Values{"userId": {userId}})
	return byteData, err
}

// UserBlock blocks a user for some minutes.
func (rcServer *RCServer) UserBlock(userId, minute string) ([]byte, error) {
	byteData, err := rcServer.post(RC_USER_BLOCK, url.Values{"userId": {userId}, "minute": {minute}})
	return byteData, err
}

// UserUnblock unblocks a user.
func (rcServer *RCServer) UserUnblock(userId string) ([]byte, error) {
	byteData, err := rcServer.post(RC_USER_UNBLOCK, url.Values{"userId": {userId}})
	return byteData, err
}

// MessagePrivatePublish sends a message to users.
func (rcServer *RCServer) MessagePrivatePublish(fromUserId string, toUserIds []string, objectName, content, pushContent, pushData string) ([]byte, error) {
	byteData, err := rcServer.post(RC_MESSAGE_PRIVATE_PUBLISH, url.Values{"fromUserId": {fromUserId}, "toUserId": toUserIds, "content": {content}})
	return byteData, err
}

// GroupCreat makes a group.
func (rcServer *RCServer) GroupCreat(userId, groupId, groupName string) ([]byte, error) {
	byteData, err := rcServer.post(RC_GROUP_CREATE, url.Values{"userId": {userId}, "groupId": {groupId}})
	return byteData, err
}

// GroupUserQuery lists a group's members.
func (rcServer *RCServer) GroupUserQuery(groupId string) ([]byte, error) {
	byteData, err := rcServer.post(RC_GROUP_USER_QUERY, url.Values{"groupId": {groupId}})
	return byteData, err
}
