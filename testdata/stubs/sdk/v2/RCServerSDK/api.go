package rcserversdk

import (
	"errors"
	"net/url"
	"strconv"
)

// User is the part of the API about users.
type User struct{ AppKey, AppSecret string }

// GetToken registers a user and yields a token.
func (self *User) GetToken(userId string, name string, portraitUri string) (*TokenReslut, error) {
	if userId == "" {
		return nil, errors.New("parameter userId is required")
	}
	data, err := postForm(self.AppKey, self.AppSecret, "/user/getToken.json", url.Values{"userId": {userId}, "name": {name}})
	if err != nil {
		return nil, err
	} else {
		text := string(data)
		var ret = TokenReslut{}
		err = JsonParse(text, &ret)
		return &ret, err
	}
}

// CheckOnline says whether a user is online.
func (self *User) CheckOnline(userId string) (*CheckOnlineReslut, error) {
	data, err := postForm(self.AppKey, self.AppSecret, "/user/checkOnline.json", url.Values{"userId": {userId}})
	if err != nil {
		return nil, err
	} else {
		text := string(data)
		var ret = CheckOnlineReslut{}
		err = JsonParse(text, &ret)
		return &ret, err
	}
}

// Block blocks a user for some minutes.
func (self *User) Block(userId string, minute int) (*CodeSuccessReslut, error) {
	if userId == "" {
		return nil, errors.New("parameter userId is required")
	}
	data, err := postForm(self.AppKey, self.AppSecret, "/user/block.json", url.Values{"userId": {userId}, "minute": {strconv.Itoa(minute)}})
	return simple(data, err)
}

// UnBlock unblocks a user.
func (self *User) UnBlock(userId string) (*CodeSuccessReslut, error) {
	data, err := postForm(self.AppKey, self.AppSecret, "/user/unblock.json", url.Values{"userId": {userId}})
	return simple(data, err)
}

// AddBlacklist makes one user block another.
func (self *User) AddBlacklist(userId string, blackUserId string) (*CodeSuccessReslut, error) {
	data, err := postForm(self.AppKey, self.AppSecret, "/user/blacklist/add.json", url.Values{"userId": {userId}, "blackUserId": {blackUserId}})
	return simple(data, err)
}

// Message is the part of the API about messages.
type Message struct{ AppKey, AppSecret string }

// PublishSystem sends a message as the system.
func (self *Message) PublishSystem(fromUserId string, toUserId []string, txtMessage TxtMessage, pushContent string, pushData string, isPersisted int, isCounted int) (*CodeSuccessReslut, error) {
	if fromUserId == "" {
		return nil, errors.New("parameter fromUserId is required")
	}
	content, err := ToJson(txtMessage)
	if err != nil {
		return nil, err
	}
	data, err := postForm(self.AppKey, self.AppSecret, "/message/system/publish.json", url.Values{"fromUserId": {fromUserId}, "toUserId": toUserId, "content": {content}})
	return simple(data, err)
}

// Group is the part of the API about groups.
type Group struct{ AppKey, AppSecret string }

// Create makes a group.
func (self *Group) Create(userId []string, groupId string, groupName string) (*CodeSuccessReslut, error) {
	data, err := postForm(self.AppKey, self.AppSecret, "/group/create.json", url.Values{"userId": userId, "groupId": {groupId}, "groupName": {groupName}})
	return simple(data, err)
}

// QueryUser lists a group's members.
func (self *Group) QueryUser(groupId string) (*GroupUserQueryReslut, error) {
	data, err := postForm(self.AppKey, self.AppSecret, "/group/user/query.json", url.Values{"groupId": {groupId}})
	if err != nil {
		return nil, err
	} else {
		var ret = GroupUserQueryReslut{}
		err = JsonParse(string(data), &ret)
		return &ret, err
	}
}

// Chatroom is the part of the API about chat rooms.
type Chatroom struct{ AppKey, AppSecret string }

// Create makes chat rooms.
func (self *Chatroom) Create(rooms []ChatRoomInfo) (*CodeSuccessReslut, error) {
	values := url.Values{}
	for _, room := range rooms {
		values.Set("chatroom["+room.Id+"]", room.Name)
	}
	data, err := postForm(self.AppKey, self.AppSecret, "/chatroom/create.json", values)
	return simple(data, err)
}

func simple(data []byte, err error) (*CodeSuccessReslut, error) {
	if err != nil {
		return nil, err
	} else {
		text := string(data)
		var ret = CodeSuccessReslut{}
		err = JsonParse(text, &ret)
		return &ret, err
	}
}
