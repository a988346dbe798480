package bare

import "github.com/rongcloud/server-sdk-go/v4/sdk"

// Not reported: reported in another file of the package.
// Rules: magic/first-place.
func third(failure sdk.CodeResult) bool { return failure.Code == 24410 }
