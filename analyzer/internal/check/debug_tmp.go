package check

import (
	"fmt"
	"os"
)

func (c *Context) debug() {
	if os.Getenv("RCDEBUG") == "" {
		return
	}
	for _, s := range c.sources() {
		b := c.Engine.Behaviour(s)
		fmt.Fprintf(os.Stderr, "%s: %s space=%d shape=%d outer=%v dropped=%v decoded=%v swallowed=%v types=%v dealt=%v\n%s\n", c.Pass.Fset.Position(s.Fn.Pos()), s.Fn, s.Space, s.Shape, s.Outer, s.Dropped, s.Decoded, b.Swallowed(), c.Engine.ErrorTypes(s), c.Engine.Dealt(s), b)
		if os.Getenv("RCDEBUG") == "2" {
			for _, k := range b.Cases {
				fmt.Fprintf(os.Stderr, "   %v %v:\n%s\n", k.Code, k.Success, k.Sig())
			}
		}
	}
}
