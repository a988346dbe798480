package rcserversdk

// TokenReslut is the answer to GetToken.
type TokenReslut struct {
	Code         int    `json:"code"`
	Token        string `json:"token"`
	UserId       string `json:"userId"`
	ErrorMessage string `json:"errorMessage"`
}

// CodeSuccessReslut is an answer without contents.
type CodeSuccessReslut struct {
	Code         int    `json:"code"`
	ErrorMessage string `json:"errorMessage"`
}

// CheckOnlineReslut is the answer to CheckOnline.
type CheckOnlineReslut struct {
	Code         int    `json:"code"`
	Status       string `json:"status"`
	ErrorMessage string `json:"errorMessage"`
}

// GroupUser is a member.
type GroupUser struct {
	Id string `json:"id"`
}

// GroupUserQueryReslut is the answer to QueryUser; it has no message.
type GroupUserQueryReslut struct {
	Code  int         `json:"code"`
	Id    string      `json:"id"`
	Users []GroupUser `json:"users"`
}

// ChatRoomInfo is a room to be made.
type ChatRoomInfo struct {
	Id, Name string
}

// TxtMessage is a text message.
type TxtMessage struct {
	Content string `json:"content"`
	Extra   string `json:"extra"`
}
