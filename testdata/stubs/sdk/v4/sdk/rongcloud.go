package sdk

import (
	"net/http"
	"sync"
	"time"
)

// Region is a pair of hosts.
type Region struct{ primary, backup string }

var (
	REGION_BJ = Region{"https://api.rong-api.com", "https://api-b.rong-api.com"}
	REGION_SG = Region{"https://api.sg-light-api.com", "https://api-b.sg-light-api.com"}
)

// RongCloud is the client.
type RongCloud struct {
	appKey, appSecret string
	region            Region
	mu                sync.Mutex
	uri               string
	changed           time.Time
	client            *http.Client
}

// NewRongCloud makes a client.
func NewRongCloud(appKey, appSecret string, region Region, options ...func(*RongCloud)) *RongCloud {
	rc := &RongCloud{appKey: appKey, appSecret: appSecret, region: region, uri: region.primary, client: &http.Client{Timeout: 10 * time.Second}}
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
	case rc.region.primary:
		rc.uri = rc.region.backup
	case rc.region.backup:
		rc.uri = rc.region.primary
	}
	rc.changed = time.Now()
}

// PrivateURI sets the host of a private cloud.
func (rc *RongCloud) PrivateURI(uri string) { rc.uri = uri }

// urlError is kept for those that call it.
func (rc *RongCloud) urlError(err error) {}
