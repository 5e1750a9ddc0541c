// SPDX-License-Identifier: Apache-2.0

package dmsetup

import (
	"errors"
	"fmt"

	"github.com/mchus/bee/internal/lines"
)

// ErrTruncated says that the input ends within a line. Nobody knows how that
// would go on, so that nothing of it is in the value. It is an [ErrSyntax].
var ErrTruncated = fmt.Errorf("%w: the last line is cut off", ErrSyntax)

// whole has parse read the whole lines of data, and reports the line that has
// no end. Where there is nothing but that line, it may be one in which the
// tool says why.
func whole[T any](data []byte, parse func(text string) (T, error)) (T, error) {
	text, tail := lines.Whole(string(data)) // one copy; every string is a slice of it
	value, err := parse(text)
	if tail == "" {
		return value, err
	}
	if errors.Is(err, ErrFormat) {
		_, err = parse(text + tail)
		if errors.Is(err, ErrFormat) || errors.Is(err, ErrTool) {
			return value, err
		}
		err = nil
	}
	list, _ := err.(Errors)
	list.add(&ParseError{Line: lines.Number(text), Column: 1, Text: tail, Err: ErrTruncated})
	return value, list
}
