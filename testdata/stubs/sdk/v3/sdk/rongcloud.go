package sdk

import (
	"net/http"
	"sync"
	"time"
)

const (
	// RONGCLOUDURI is the first host.
	RONGCLOUDURI = "http://api-cn.ronghub.com"
	// RONGCLOUDURI2 is the second host.
	RONGCLOUDURI2 = "http://api2-cn.ronghub.com"
)

// RongCloud is the client.
type RongCloud struct {
	appKey, appSecret string
	mu                sync.Mutex
	uri               string
	changed           time.Time
	client            *http.Client
}

// NewRongCloud makes a client.
func NewRongCloud(appKey, appSecret string, options ...func(*RongCloud)) *RongCloud {
	rc := &RongCloud{appKey: appKey, appSecret: appSecret, uri: RONGCLOUDURI, client: &http.Client{Timeout: 10 * time.Second}}
	for _, option := range options {
		option(rc)
	}
	return rc
}

// ChangeURI swaps the host, at most twice a minute.
func (rc *RongCloud) ChangeURI() {
	rc.mu.Lock()
	defer rc.mu.Unlock()
	if time.Since(rc.changed) < 30*time.Second {
		return
	}
	switch rc.uri {
	case RONGCLOUDURI:
		rc.uri = RONGCLOUDURI2
	case RONGCLOUDURI2:
		rc.uri = RONGCLOUDURI
	}
	rc.changed = time.Now()
}

// PrivateURI sets the host of a private cloud.
func (rc *RongCloud) PrivateURI(uri string) { rc.uri = uri }

// urlError is kept for those that call it.
func (rc *RongCloud) urlError(err error) {}
