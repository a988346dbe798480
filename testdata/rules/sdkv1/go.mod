module example.com/sdkv1

go 1.26

require github.com/rongcloud/server-sdk-go v1.0.0

replace github.com/rongcloud/server-sdk-go => ../../stubs/sdk/v1
