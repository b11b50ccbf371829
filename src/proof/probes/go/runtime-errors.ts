/** Of the runtime in Go: what an error can be instead. Its kind and its words are changed apart, because a test may ask for one of them alone. */
export const GO_ERRORS = String.raw`
// coopWords is an error of the same kind that says something else.
type coopWords struct {
	words string
	of    error
}

func (one *coopWords) Error() string { return one.words }
func (one *coopWords) Unwrap() error { return one.of }

// coopOfError may put any error where the result is a plain one.
func coopOfError(v coopReflect.Value, isPlain bool) []coopVariant {
	all := []coopVariant{{"swallow", func() bool { return coopSet(v, coopReflect.Zero(v.Type())) }}}
	if !isPlain {
		return all
	}
	of := v.Interface().(error)
	words := of.Error()
	cut := words
	if len(cut) > 0 {
		cut = cut[1:]
	}
	to := func(name string, other error) coopVariant {
		return coopVariant{name, func() bool { return coopSet(v, coopReflect.ValueOf(other)) }}
	}
	return append(
		all,
		to("other-kind", coopErrors.New(words)),
		to("other-words", &coopWords{"coop: another error", of}),
		to("cut-words", &coopWords{cut, of}),
	)
}
`;
