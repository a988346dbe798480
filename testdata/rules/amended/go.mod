module example.com/amended

go 1.26

require github.com/rongcloud/server-sdk-go/v4 v4.0.0

replace github.com/rongcloud/server-sdk-go/v4 => ../../stubs/sdk/v4
