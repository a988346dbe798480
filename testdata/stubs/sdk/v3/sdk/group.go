package sdk

import (
	"encoding/json"
	"fmt"
	"net/url"
)

// Group is a group and its members.
type Group struct {
	ID    string `json:"id"`
	Users []User `json:"users"`
}

// OperationGroupResult is the answer to a change of a group.
type OperationGroupResult struct {
	Code        int    `json:"code"`
	MessageUID  string `json:"messageUID"`
	MemberCount int    `json:"memberCount"`
}

// FriendModel is a request for friendship.
type FriendModel struct {
	UserId   string `json:"userId"`
	TargetId string `json:"targetId"`
}

// ResponseResult is an answer without contents.
type ResponseResult struct{}

// UGGroupInfo is an ultra group.
type UGGroupInfo struct {
	GroupId   string `json:"group_id"`
	GroupName string `json:"group_name"`
}

// GroupCreate makes a group.
func (rc *RongCloud) GroupCreate(id, name string, members []string) (OperationGroupResult, error) {
	return rc.changeGroup("/group/create.json", id, name, members)
}

// GroupJoin adds members to a group.
func (rc *RongCloud) GroupJoin(groupId, groupName string, memberId []string) (OperationGroupResult, error) {
	return rc.changeGroup("/group/join.json", groupId, groupName, memberId)
}

// GroupDismiss ends a group.
func (rc *RongCloud) GroupDismiss(id, member string) (OperationGroupResult, error) {
	return rc.changeGroup("/group/dismiss.json", id, "", []string{member})
}

func (rc *RongCloud) changeGroup(path, id, name string, members []string) (OperationGroupResult, error) {
	result := OperationGroupResult{}
	if id == "" {
		return result, RCErrorNew(1002, "parameter id is required")
	}
	req, err := rc.form(path, url.Values{"groupId": {id}, "groupName": {name}, "userId": members})
	if err != nil {
		return result, err
	}
	body, err := rc.do(req)
	if err != nil {
		rc.urlError(err)
		return result, err
	}
	if err := json.Unmarshal(body, &result); err != nil {
		return result, err
	}
	return result, nil
}

// GroupGet returns a group with its members.
func (rc *RongCloud) GroupGet(id string) (Group, error) {
	if id == "" {
		return Group{}, RCErrorNew(1002, "parameter id is required")
	}
	req, err := rc.form("/group/user/query.json", url.Values{"groupId": {id}})
	if err != nil {
		return Group{}, err
	}
	body, err := rc.do(req)
	if err != nil {
		return Group{}, err
	}
	var group Group
	if err := json.Unmarshal(body, &group); err != nil {
		return Group{}, err
	}
	return group, nil
}

// FriendAdd asks a user for friendship.
func (rc *RongCloud) FriendAdd(friend FriendModel) (ResponseResult, error) {
	result := ResponseResult{}
	if friend.UserId == "" {
		return result, RCErrorNew(1002, "parameter userId is required")
	}
	req, err := rc.form("/friend/add.json", url.Values{"userId": {friend.UserId}, "targetId": {friend.TargetId}})
	if err != nil {
		return result, err
	}
	if _, err := rc.do(req); err != nil {
		return result, err
	}
	return result, nil
}

// ChatRoomDestroy ends a chat room.
func (rc *RongCloud) ChatRoomDestroy(id string) error {
	if id == "" {
		return RCErrorNew(1002, "parameter id is required")
	}
	req, err := rc.form("/chatroom/destroy.json", url.Values{"chatroomId": {id}})
	if err != nil {
		return err
	}
	_, err = rc.do(req)
	return err
}

// UGGroupCreate makes an ultra group; the error comes first.
func (rc *RongCloud) UGGroupCreate(userId, groupId, groupName string) (err error, requestId string) {
	if groupId == "" {
		return RCErrorNewV2(1002, "parameter groupId is required"), ""
	}
	req, requestId, err := rc.document("POST", "/v2/ultragroups", map[string]string{"user_id": userId, "group_id": groupId, "group_name": groupName})
	if err != nil {
		return err, ""
	}
	_, err = rc.doV2(req)
	return err, requestId
}

// UGGroupDismiss ends an ultra group; the error comes first.
func (rc *RongCloud) UGGroupDismiss(groupId string) (err error, requestId string) {
	if groupId == "" {
		return RCErrorNewV2(1002, "parameter groupId is required"), ""
	}
	req, requestId, err := rc.document("DELETE", fmt.Sprintf("/v2/ultragroups/%s", groupId), nil)
	if err != nil {
		return err, ""
	}
	_, err = rc.doV2(req)
	return err, requestId
}

// UGQueryUserGroups lists a user's ultra groups; the error stands in the middle.
func (rc *RongCloud) UGQueryUserGroups(userId string, page, size int) (groups []UGGroupInfo, err error, requestId string) {
	if userId == "" {
		return nil, RCErrorNewV2(1002, "parameter userId is required"), ""
	}
	req, requestId, err := rc.document("GET", fmt.Sprintf("/v2/ultragroups/users/%s/groups?page=%d&size=%d", userId, page, size), nil)
	if err != nil {
		return nil, err, ""
	}
	body, err := rc.doV2(req)
	if err != nil {
		return groups, err, requestId
	}
	var list struct {
		Code int `json:"code"`
		Data struct {
			Groups []UGGroupInfo `json:"groups"`
		} `json:"data"`
	}
	if err := json.Unmarshal(body, &list); err != nil {
		return nil, err, requestId
	}
	return list.Data.Groups, nil, requestId
}

// UGMemberExists says whether a user is in an ultra group.
func (rc *RongCloud) UGMemberExists(groupId, userId string) (bool, error) {
	if groupId == "" {
		return false, RCErrorNewV2(1002, "parameter groupId is required")
	}
	req, err := rc.form("/ultragroup/member/exist.json", url.Values{"groupId": {groupId}, "userId": {userId}})
	if err != nil {
		return false, err
	}
	body, err := rc.doV2(req)
	if err != nil {
		return false, err
	}
	var answer struct {
		Status bool `json:"status"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return false, err
	}
	return answer.Status, nil
}
