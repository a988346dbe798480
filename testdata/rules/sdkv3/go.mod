module example.com/sdkv3

go 1.26

require github.com/rongcloud/server-sdk-go/v3 v3.0.0

replace github.com/rongcloud/server-sdk-go/v3 => ../../stubs/sdk/v3
