// Package words shortens texts.
package words

// Cut shortens a text to at most so many bytes.
func Cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return text[:most]
}
