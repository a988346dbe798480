module github.com/rongcloud/server-sdk-go

go 1.26
