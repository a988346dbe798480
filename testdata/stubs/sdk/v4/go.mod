module github.com/rongcloud/server-sdk-go/v4

go 1.26
