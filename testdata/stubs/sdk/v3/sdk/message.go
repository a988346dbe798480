package sdk

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
)

// rcMsg is a message that can be sent.
type rcMsg interface {
	ToString() (string, error)
}

// TXTMsg is a text message.
type TXTMsg struct {
	Content string `json:"content"`
	Extra   string `json:"extra"`
}

// ToString encodes the message.
func (m *TXTMsg) ToString() (string, error) {
	data, err := json.Marshal(m)
	if err != nil {
		return "", err
	}
	return string(data), nil
}

// MsgOption is an option for sending.
type MsgOption func(url.Values)

// MessageResult is the answer to sending.
type MessageResult struct {
	Code       int    `json:"code"`
	MessageUID string `json:"messageUID,omitempty"`
}

// QueryHistoryMessageModel asks for messages.
type QueryHistoryMessageModel struct {
	UserID   string `json:"userId"`
	TargetID string `json:"targetId"`
}

// HistoryMessageResponse lists messages.
type HistoryMessageResponse struct {
	Code int      `json:"code"`
	Data []string `json:"data"`
}

// PrivateSend sends a message to users.
func (rc *RongCloud) PrivateSend(senderID string, targetID []string, objectName string, msg rcMsg,
	pushContent, pushData string, count, verifyBlacklist, isPersisted, isIncludeSender, contentAvailable int,
	options ...MsgOption) (MessageResult, error) {
	result := MessageResult{}
	if senderID == "" {
		return result, RCErrorNew(1002, "parameter senderID is required")
	}
	content, err := msg.ToString()
	if err != nil {
		return result, err
	}
	values := url.Values{"fromUserId": {senderID}, "toUserId": targetID, "objectName": {objectName}, "content": {content},
		"pushContent": {pushContent}, "pushData": {pushData}, "isPersisted": {strconv.Itoa(isPersisted)}}
	for _, option := range options {
		option(values)
	}
	req, err := rc.form("/message/private/publish.json", values)
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

// GetPrivateHistoryMessage wraps the error that holds the code.
func (rc *RongCloud) GetPrivateHistoryMessage(model QueryHistoryMessageModel) (HistoryMessageResponse, error) {
	var result HistoryMessageResponse
	if err := validateHistory(model); err != nil {
		return result, err
	}
	req, _, err := rc.document("POST", "/v3/message/private/query.json", model)
	if err != nil {
		return result, err
	}
	body, err := rc.do(req)
	if err != nil {
		return result, fmt.Errorf("request failed: %w", err)
	}
	if err := json.Unmarshal(body, &result); err != nil {
		return result, fmt.Errorf("decoding failed: %w", err)
	}
	return result, nil
}

func validateHistory(model QueryHistoryMessageModel) error {
	if model.UserID == "" {
		return RCErrorNew(1002, "parameter userId is required")
	}
	return nil
}
