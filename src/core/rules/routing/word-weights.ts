/**
 * What each word of a title adds to feature, bug, refactor, docs, in hundredths and in this order. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const WORD_TABLE = `
ability 9 -2 -6 -1|able 27 -21 -4 -2|about -40 -22 7 56|above 13 0 -13 0|accent -4 8 -3 -1|accept 20 23 -21 -22
access -6 -3 10 -1|account 22 -11 -7 -4|across 10 2 -11 -1|actions -2 -1 4 -1|activity 21 -8 -10 -2|add -46 -37 -14 96
address -18 3 16 -2|addresses 1 2 -2 -2|admin -3 7 -6 2|after 60 48 -45 -64|again 14 -13 -1 -1|ajouter -6 -2 6 2
aktualisieren -42 -9 50 1|al -21 5 19 -3|albums 12 3 -7 -9|alignment -8 12 -1 -3|all -14 -18 27 4|allow -7 37 -29 -1
already -14 28 -7 -7|although -15 32 -11 -6|always -5 17 -9 -4|amounts -12 12 1 -2|an 35 23 -67 9|and -5 40 -12 -23
android 16 -14 3 -5|animation 1 7 -3 -5|annotations 45 -30 -9 -6|another 4 3 -6 -1|answers 36 -17 -16 -3
any -25 43 -14 -4|anybody -21 27 -2 -3|api -9 -85 2 92|app 74 -2 -5 -68|appear -5 8 -2 -1|apple 21 -13 -5 -3
architecture -34 6 -32 60|archive 0 34 -21 -13|are -24 -43 22 45|area 19 -14 -2 -3|aren't -8 32 -2 -22
argument 8 -4 0 -4|arm 20 -5 -11 -5|array 1 -2 -6 7|arrive -3 5 -1 -1|articles -22 8 17 -3|as 16 31 -19 -28
ask 0 1 -1 -1|async 50 6 -43 -13|at 20 81 -58 -43|attachments 7 2 -5 -4|attribute 3 4 -5 -2|authors 25 -21 -4 0
auto 29 -17 -10 -2|autocomplete -13 29 -9 -6|automatic 5 -3 -1 -1|average 1 1 -2 -1|await -20 12 16 -8|away -5 3 4 -3
axis 0 -12 -9 21|back 47 -5 -31 -11|backend 12 -2 -10 0|background 37 -12 -21 -3|backoff 19 -17 -1 -1
backup -30 12 -11 29|badge 14 -2 -17 4|bag 17 -13 -1 -3|balancer -3 8 -1 -4|banner 10 0 -4 -6|bar -1 38 -11 -26
base -37 -13 55 -5|be 27 31 -14 -44|before 3 30 -19 -14|behaviour -14 20 -3 -3|behind -35 11 17 6|being -2 4 -1 -1
below 1 8 -4 -5|benchmark -43 -8 54 -3|beside 26 -6 -17 -3|better 12 -26 14 0|between 3 -1 -13 10|big -8 -1 9 0
bigger 23 -17 -3 -3|bills 4 -1 -1 -2|binaries 17 -10 -5 -2|blocks 41 -40 -26 26|board 9 8 -10 -8|body 20 -18 -2 -1
bookmarks 26 -19 -3 -3|booleans -9 18 -7 -1|bot -7 -2 16 -7|both -5 8 -1 -2|bound -6 12 -4 -3|box 24 -12 -3 -9
branch 24 -35 -1 12|breaks -24 -7 12 19|bring 2 -2 -1 0|broken -21 20 -11 12|browsers -47 37 -7 17|buffer -27 16 14 -3
bug -27 42 -7 -9|build -4 2 14 -12|builder 48 -15 -34 0|bulk 13 -8 -3 -2|bump -7 -7 17 -3|but -5 -9 -10 24
button 6 56 -36 -26|by 64 -23 -3 -39|bytes -13 20 -3 -4|cache -39 -23 29 33|calculation -5 8 -1 -2
calendar 43 -30 -7 -6|call -5 12 -2 -5|callbacks 23 -17 0 -6|can 11 85 -41 -55|can't 17 -16 13 -13|cancel -5 10 -3 -2
cannot 34 19 -21 -32|card -20 20 -9 8|cart 5 -4 0 -1|case -19 -15 35 0|cent -4 1 4 -1|certificates 13 22 -39 3
change -34 39 15 -20|changelog 33 -22 -2 -9|channel 10 -10 -3 3|chapter -14 5 -3 11|charged -10 13 -1 -2
chart 52 -29 -11 -11|chat -8 1 7 -1|check -11 22 11 -23|checkout -18 23 2 -7|children 31 -28 -2 -1
choice -40 27 -11 23|choose 19 -5 -9 -5|ci -7 -5 4 8|circular -8 -8 17 -1|clarify -10 -7 -6 23|class -17 6 14 -4
classes -21 -12 25 8|clean 17 4 -16 -5|cleanup -22 -3 29 -3|clear -31 0 -6 37|cli 2 -3 -5 6|click 15 16 -22 -8
client -7 10 -9 6|clock -32 -1 39 -6|clone -4 15 -10 -2|close 44 -8 -27 -9|cluster 29 -8 -16 -5|code -41 -21 19 43
collapse 46 -11 -32 -4|color -9 15 -4 -1|colours -8 -10 28 -9|column 19 -21 0 2|come 9 0 -5 -4|comma -21 39 -3 -15
command -2 -40 18 23|comments 25 -26 -64 65|common -69 10 31 28|company 11 -8 -2 -1|compare -30 45 -12 -3
compile -3 -17 -6 26|compiler 1 23 -14 -10|completion 10 0 -8 -2|components -15 -41 65 -9|config -6 -33 4 36
configurable 22 -14 -5 -3|configuration 8 -10 -8 10|configure -12 14 -5 3|confirmation 9 0 -8 -1
connection -20 27 -1 -6|consider -21 -7 29 -1|consistent 10 -4 -7 1|console 3 -11 6 3|constants -21 -4 28 -3
constraints 25 -1 -22 -1|contact 24 -2 -15 -6|contains 24 -17 -5 -2|content -1 12 -1 -10|context 8 -19 16 -4
contradicts -2 -14 -1 17|contrast 9 3 -7 -5|contributing -16 -4 -4 24|contributor -9 -6 -1 16|controllers 3 -3 2 -2
controls 26 -12 -10 -5|convert 25 4 -19 -10|cookie -16 29 -6 -7|copied 3 13 -15 -1|copies -12 6 21 -15
copy 41 13 -7 -46|core -11 -3 16 -1|correct -4 4 2 -2|could -19 1 21 -3|count 0 1 -17 16|coupon -4 8 -3 -1
cover -29 14 -2 17|coverage -8 -3 13 -2|cpu -13 15 -1 -1|crash -12 18 -3 -4|create 9 -15 20 -14|css -7 -3 12 -1
csv -5 19 -8 -6|currency 11 -6 -5 -1|cursor 9 -6 -1 -1|custom 14 13 -30 2|customers -4 9 -3 -2|cut -10 23 -4 -9
dans -6 4 3 -1|dark 27 -19 -15 6|dashboard -1 9 -4 -4|data 13 18 -8 -23|database -28 19 11 -2|date -3 10 -16 8
day 25 18 -30 -13|de 31 -28 -12 9|dead -10 -36 -10 55|deadlock -6 17 -10 -2|debug -3 12 -4 -5|decoding -4 -2 9 -3
decouple -23 -3 28 -2|default 30 -17 -23 10|defined -2 4 -1 -2|definitions 17 -3 -11 -2|delete -8 27 -17 -3
demo -2 -1 -1 3|den -19 -15 37 -3|dependencies -6 -10 24 -7|dependency 8 3 -6 -5|deploy -31 51 -7 -13
deployment -6 -3 -2 11|deprecated 17 -43 24 3|der -5 -21 6 21|describe -48 -31 -19 99|description -39 -29 -6 74
design -9 -5 15 -1|desktop -3 14 -6 -5|device 38 -19 -11 -9|diagram 27 -7 -1 -19|dialog 14 16 -15 -16|diff 0 7 -5 -2
difference -7 -7 -7 21|different -19 33 -13 -1|differs 3 4 -4 -2|directory 2 11 -6 -6|disable 2 -15 16 -3
disappear -7 12 -1 -5|discount 10 1 -7 -4|disk 44 0 -38 -6|display 11 14 -9 -16|do -24 -7 28 3|docker -4 0 -4 9
docs -49 -22 -17 87|docstrings -17 -20 -14 51|document -72 -42 -33 146|documentation -51 -20 -17 87|does -14 21 -10 4
doesn't -11 24 -32 19|don't -15 21 -12 5|done -8 11 -1 -2|double -12 24 -8 -4|down -33 23 -9 18|download 56 -26 -20 -9
drag 2 7 -7 -2|dragging 43 -36 -3 -5|driver 1 1 -1 -1|drives -5 8 -1 -3|drop -1 -7 30 -22|dropped 38 -32 -3 -4
ds -4 -16 -1 22|duplicate -2 -2 8 -4|duplication -15 -1 17 -1|durations 6 -2 -2 -2|during -12 -9 23 -3
each 22 -23 7 -5|edge -18 21 1 -5|edit 7 13 -8 -11|editor 72 -18 -33 -21|el 11 2 -8 -6|element 12 -8 -2 -2
else -5 8 -2 -1|emoji 11 1 -6 -7|empty -6 1 3 1|en 26 -11 -12 -4|enable -53 25 31 -3|encrypt 21 -12 -3 -6
end -12 36 1 -25|endpoint 0 -4 -15 19|engine -6 -4 11 -1|english -7 18 -6 -4|ensure 5 7 -4 -7|enter -11 14 -2 -1
entfernen -17 -13 31 -2|entries -15 21 -5 -1|entry -7 8 -3 2|enum -14 7 12 -4|env -5 -1 -2 9|environment -5 17 -18 6
error -1 -41 35 7|escape -30 43 -10 -4|eslint -5 -1 8 -1|estimated -9 16 -4 -3|event -13 -20 47 -13
every -10 43 -12 -20|everybody -28 27 9 -8|everyone's -39 49 -3 -7|everything 14 2 -7 -9|everywhere -26 -18 47 -4
example -56 -29 -16 101|excel 8 -3 -4 -2|exist -11 10 -7 9|exit -38 29 -16 25|expire -1 22 -18 -2
explain -26 -37 -17 81|export -3 35 -20 -13|expression 31 -2 -23 -6|extract 38 -9 -23 -6|factor 24 -15 -8 -1
fails 40 30 -51 -18|falls 11 -8 -1 -2|faq -22 -4 -2 28|far -4 10 -2 -4|faster 18 -7 -7 -3|feature -34 -19 56 -3
fee 11 -5 -5 -1|feed -22 43 -13 -7|fetch -13 18 18 -24|field -24 44 2 -22|file 11 -24 25 -12|filter 24 -19 -22 17
find 43 -17 -29 4|finished 5 -1 -2 -2|firefox -18 20 -1 -1|first -18 21 -13 9|fits 45 -31 -12 -1|five 3 -34 32 -1
fix 0 -9 -9 19|flag -11 -6 38 -21|focus -18 23 -2 -3|fold 32 3 -29 -5|folder -44 -21 72 -6|follow 16 -17 -5 7
font 32 -5 -16 -11|footer -1 18 -12 -5|for 68 -33 -27 -8|forever -13 21 -5 -3|forgets 21 -11 -2 -8|form 8 -36 11 18
format -66 -23 62 28|formatter 6 2 -5 -3|formatting -15 -10 4 21|formula 17 -7 -7 -3|found -16 10 4 3
framework -28 9 23 -4|free 3 -2 -1 -1|freeze -8 9 -1 -1|french 23 3 -4 -21|from 11 6 36 -53|full 2 10 -8 -3
functions 1 -25 -6 29|gallery 16 19 -2 -33|game 11 -5 -3 -3|gateway -2 -2 5 -1|gcc -5 6 -1 -1|generated -24 54 -9 -20
generic 17 1 -16 -3|german -9 14 -8 3|get 8 21 21 -50|getting -30 30 -3 4|github 4 -7 1 2|gives -23 47 -13 -11
global -26 -9 38 -3|go 5 -10 14 -10|goes -27 51 -16 -8|going -8 14 -5 0|gone -23 26 -2 -1|grey -22 24 -1 -1
grid 5 3 -5 -2|group 26 17 -23 -20|guests 48 -25 -18 -5|guide -18 -14 20 13|had -4 8 -2 -2|half 12 12 -17 -7
hand 0 -4 8 -4|handlers 18 -8 -8 -2|handling 4 -31 37 -10|hangs -5 10 -2 -3|happens -9 -6 7 8|hard -5 -10 9 6
hardware -14 -5 -4 23|has -2 25 -21 -2|have 32 -75 39 4|header 7 12 -8 -11|headings -10 19 -5 -3|health 25 -19 -3 -4
helm 5 -4 -1 -1|help -33 64 -8 -23|helpers -7 -5 14 -3|here -4 0 5 -1|hidden -2 25 -5 -18|hide -2 33 -20 -11
high 9 0 -5 -5|highlight 27 -9 -13 -5|hints -8 -5 18 -4|hits -3 8 -1 -4|home -5 4 5 -4|homebrew 11 -4 -5 -2
hooks 1 -3 -5 7|host -18 20 -10 8|hot -29 -2 32 -1|hotkey 17 -4 -3 -9|hour 2 15 -11 -6|hovering 18 -2 -1 -15
how 80 -42 -50 12|html 11 0 -9 -1|http 6 -22 19 -3|icons 8 9 -4 -12|id -15 3 14 -2|idle -7 10 -2 -1|ids 19 -20 3 -2
if 42 -27 -12 -3|ignore 15 9 -16 -8|image -22 34 -2 -10|immutable -11 -1 13 -1|implement 21 -30 19 -10
import -13 -25 53 -16|importer 6 -11 7 -3|improve 67 -51 3 -18|improvement 25 -13 -10 -2|in 10 78 -35 -52
inconsistent 8 -43 44 -10|incorrect -6 46 -5 -35|increase -14 18 -2 -2|index 39 -31 -14 5|information -17 -17 -9 42
injection -5 -1 8 -1|inline -10 -3 14 -2|input -4 16 -5 -8|inside 6 17 -9 -14|install -6 25 -13 -7
installation 3 -2 -17 16|instead 68 -85 33 -17|instructions -11 -8 -2 20|int 13 -16 5 -1|integration -17 -12 33 -5
interface -45 0 50 -5|internal -11 20 -6 -3|into -27 -17 25 19|introduce -65 -7 78 -7|invalid -18 26 -5 -3
invite -4 7 -1 -2|invoice -11 17 -4 -2|ios 19 -15 -1 -2|iphone -9 21 0 -11|is 9 -30 17 5|isn't -69 57 -23 35
issue -1 9 -5 -3|it 40 -15 -4 -22|it's -16 -6 -6 28|items 0 28 -16 -12|its -29 21 7 1|java -9 -2 6 5|job 19 13 -24 -8
jour -5 1 6 -2|jquery -3 0 4 -2|js -18 23 -1 -4|jsdoc -17 -1 -3 20|json 25 -4 -15 -6|jump 13 1 -11 -3|keep 3 13 1 -17
key 17 -10 -11 4|keyboard 24 -5 -12 -8|know 13 -12 4 -5|la 14 -6 -12 4|labels -12 33 -21 -1|lacks -7 -13 -3 22
land 46 21 -9 -58|language 11 18 -8 -21|large -1 -42 49 -6|larger 23 -7 -13 -3|last 10 32 -23 -18|latest -6 1 7 -2
layer -11 -1 19 -7|layout -44 20 23 1|lazy 23 -15 -5 -3|le -43 28 21 -6|lead 9 -7 -1 -1|leak -5 7 -1 -1
leaves 36 -27 -5 -3|left -9 15 -2 -3|legend -26 51 -13 -11|less 3 -14 15 -4|let 22 -8 -4 -10|letter 22 -8 -7 -7
level 20 -4 -14 -3|lexer -7 14 -6 -2|library -7 -52 66 -8|license -46 -13 -13 72|light -5 15 -4 -6|like 31 -23 -6 -2
limit -31 1 -18 48|line 4 21 -17 -8|link -25 23 -35 37|lint -9 1 11 -3|linter 27 6 -26 -7|linux 7 -17 -7 18
list 29 -24 -32 27|literals -17 -8 27 -2|load 8 0 0 -8|loader -27 -6 35 -2|local -9 5 9 -4|lock 4 -24 31 -11
log 39 -17 -19 -3|logger 8 -5 -1 -2|logging 22 6 -24 -4|logic -7 -2 10 -1|login 4 0 15 -18|logo -8 -13 -1 22
logout -1 2 0 -1|long 7 15 -3 -19|longer -9 6 -3 6|look -9 26 -9 -8|loop 25 -79 57 -4|loses -24 28 -3 0
lost -3 6 -1 -2|low -3 12 -8 -2|machine 2 1 -1 -3|made -4 12 -8 0|magic -21 -7 30 -2|mail 15 18 -19 -14
main -2 -11 19 -6|make 7 1 -18 10|managers -15 27 -5 -7|manual -3 -9 -3 15|many 25 -20 28 -32|map 9 3 -5 -8
march -18 32 -12 -2|markdown 20 -10 -5 -4|marker 11 -3 -5 -3|marks 8 -2 9 -15|match 17 15 -29 -3|maximum 3 6 -6 -2
may -16 18 2 -4|md -7 -21 -2 29|me -4 27 -16 -7|mean -7 -9 -3 20|members 18 -7 -8 -3|memory 2 1 3 -6
mention -9 -31 -25 65|menu 7 -5 -10 8|merge 18 -8 0 -9|messages 40 -11 -18 -11|methods 26 -3 -17 -6
metrics 20 -8 -8 -5|middle 1 0 0 0|middleware -3 -1 5 -1|migrate -37 -11 71 -23|migration 2 -1 -9 8|minimum -2 -4 7 -1
minutes 5 3 -5 -3|misaligned -2 4 -2 -1|misplaced -10 13 -1 -1|missing 2 -39 -16 52|mobile -5 17 -7 -5
mode 22 13 -27 -9|models 6 -24 22 -4|module -14 -4 19 -2|moment -3 2 2 -1|month 7 18 -15 -10|monthly 23 -5 -16 -2
more 27 -22 17 -22|mouse 9 2 -1 -10|move -15 -8 2 21|mqtt -4 14 -6 -4|much 19 -14 21 -27|multi 16 -11 -3 -2
multiple -29 33 -2 -1|must -8 29 -12 -10|my -9 47 -17 -21|names -30 37 46 -53|narrow -1 3 -1 -1|ne -6 15 -7 -3
need -14 -39 29 24|negative -37 51 -9 -5|nested 8 14 -12 -10|network -23 24 3 -4|never 18 0 -13 -5|new 50 -42 -23 14
newsletter -4 8 -2 -2|next 41 -5 -21 -16|nicer 15 -4 -8 -2|nightly 15 15 -22 -8|nil -5 8 -2 -1|nimbus 0 7 -7 1
no 10 51 -57 -4|node -23 12 11 1|not 9 -23 -6 21|nothing -14 42 -13 -15|notifications 5 11 -11 -4|now -5 1 5 -1
npm -12 7 12 -7|null -2 7 -2 -3|number 19 27 -22 -24|object -15 -27 37 5|of -22 38 -29 12|off -27 67 -28 -12
offer 5 11 -12 -4|offline 39 -2 -7 -30|old -44 -42 15 71|older 4 4 -6 -2|on -40 71 -68 37|onboarding 6 -9 -22 25
once -6 -1 5 2|one -40 -19 113 -54|only 94 -75 -26 7|open -16 72 -14 -42|option -3 -53 -39 95|or -21 -12 34 0
order -40 48 17 -24|orm -2 -1 4 -1|other 5 -14 17 -8|our -37 42 3 -7|out -21 7 17 -4|outdated -5 -18 17 6
output 20 -6 -12 -2|outside -22 27 -3 -3|over 4 -5 10 -9|overlaps -1 9 -4 -5|overview 30 -5 -3 -21
overwrites -8 13 -2 -2|own -21 1 19 2|owner 17 -13 -2 -2|package -10 4 16 -10|page 29 52 -54 -27|pagination 5 -2 -2 -2
panel -29 34 -2 -3|panic -6 5 -5 6|par 4 5 -8 -1|parallel 10 -5 -3 -2|parameter -1 -17 0 17|parser -7 62 -8 -46
parsing -53 4 54 -4|part 4 -14 1 9|pass -24 10 18 -4|passing 7 -2 -5 -1|password 2 9 4 -15|paste 3 -1 -1 -1
path -25 0 24 1|patterns 24 -4 -16 -5|pause 0 2 -1 -1|payloads 17 -4 -10 -2|payment -8 5 0 3|pdf 3 12 -9 -6
people 18 13 -23 -8|per 12 -18 22 -16|performance 0 2 -2 0|permissions -14 -14 -1 29|person -19 24 -4 -1
phone -6 25 -11 -7|photos 12 -6 -3 -3|php -27 54 -20 -7|pick -1 8 -1 -6|picker 30 5 -33 -3|picture -2 15 -9 -3
pin -6 -19 37 -12|pip -3 8 -2 -2|place -37 -7 51 -7|placeholder -2 3 -1 -1|plan 33 -22 -6 -5|play 3 -1 -1 -1
player 40 -26 0 -14|please 5 -7 -16 18|plugin 13 -14 -11 12|plural -15 24 -6 -3|pods 5 0 -3 -1|points -27 48 -17 -4
policy -11 -9 -9 29|pool -17 8 12 -2|popup 2 6 -4 -3|por 20 -8 -7 -4|port 25 -12 -3 -10|portuguese 27 -5 -19 -3
position -14 20 -4 -2|possible -10 12 4 -5|posts -17 19 -2 0|pre 28 -27 2 -3|preferences -6 8 -1 -1|pressed -2 4 -1 -1
prevent 19 0 -1 -18|preview -15 35 -15 -5|price 8 13 -3 -18|print -28 63 6 -40|printer -14 21 1 -8|private 10 10 9 -29
probe -3 -1 -9 13|problem -19 35 -10 -6|process -5 -5 -2 12|product 30 1 0 -30|production -2 14 -8 -4
profile -36 46 -6 -4|program -7 8 -1 0|progress 31 -3 -22 -6|project 3 39 -16 -27|promises -10 5 7 -2
proper -26 -1 28 -1|provide -6 -7 -14 27|proxy 7 -6 -23 22|public -14 -27 5 36|publish 10 3 -13 -1|pull -9 9 2 -2
push -11 26 -12 -3|puts -16 -25 43 -2|py -4 -7 10 1|python 13 -7 0 -6|queries -25 -15 44 -3|query 20 2 -20 -2
question -20 -2 26 -4|queue 1 -11 -4 13|quick 5 -6 -14 16|quiet -2 13 -7 -4|raise 2 -2 0 -1|ran -2 3 0 -1
random 17 8 -17 -8|rate 37 5 -21 -21|rather 30 -6 -23 -1|raw 13 18 -25 -6|reached -15 -4 22 -3|react -47 10 7 29
read -18 68 -33 -18|reader 6 -3 7 -10|readme -33 -1 -24 58|real -9 -16 27 -2|recipes 6 4 -31 21|reconnect -13 21 -5 -4
recording -1 6 -32 27|red -2 9 -5 -2|redirects -8 12 -3 -1|redis -18 -2 20 0|reduce -11 -5 19 -3|refactor -6 -4 14 -4
reference -3 -16 -4 23|refund 11 0 -4 -6|release 25 1 -20 -6|reload -3 17 -4 -10|remaining 2 -32 31 -2
remember 5 10 -10 -4|reminder 5 -2 -1 -1|remove -33 -27 61 -1|rename 31 -10 2 -22|render -18 15 15 -12
renewal -1 4 -1 -3|reorder 31 -20 -4 -7|replace -59 -1 73 -14|report 18 12 -21 -8|reporters -5 -29 32 1
repository -15 -2 -12 29|request -28 60 -24 -7|required 2 -11 -15 24|reset 38 2 -6 -34|resize -14 20 -4 -2
resolved -13 10 -4 7|respect 11 -6 -3 -3|response -21 18 2 0|restart -3 10 -4 -3|restore 7 -6 -5 4
restructure -6 -9 10 5|results -46 67 -11 -10|retry 49 -40 -8 -1|return -13 27 -31 17|review -24 17 3 5
rid -31 25 33 -28|right 12 16 -21 -7|root -10 27 -21 4|rotate 5 1 -4 -2|round 7 13 -14 -5|route 0 -12 15 -2
row 2 13 -7 -9|rule 17 3 -16 -4|run -14 15 -11 10|running 26 -24 -1 -1|safari -3 4 0 0|safe -16 -3 21 -2
same -53 44 18 -8|sample 60 -4 -3 -54|save -8 46 -26 -13|say -41 23 -7 25|scale -11 16 -6 0|scanner -4 3 -1 1
scheduled 10 -2 -6 -2|scheduler -22 -16 44 -6|scoped -2 -2 -1 6|score -36 16 -2 23|screen 4 -20 27 -12
screenshots 25 -21 -8 4|scripts -10 -9 26 -7|scroll -38 82 -13 -30|se -12 28 -4 -13|search 19 47 -35 -31
second 44 12 -29 -28|section -21 -2 -4 27|security -49 20 -5 34|see 40 -7 -16 -16|segfault -1 2 0 0|select 6 5 -5 -6
send -12 8 7 -3|sensor 22 0 -16 -6|sent -9 15 -4 -3|separate -74 26 50 -2|series -10 14 -3 -1|server 31 -7 -19 -5
service -21 -12 38 -5|session 10 -21 19 -8|set 10 -19 23 -13|settings 17 3 -6 -14|setup -13 -3 13 2
several 4 -13 12 -3|shape 7 -5 1 -3|shared -35 22 44 -31|sheet 36 -14 -18 -4|shifts -2 6 -3 -2|shop -6 4 -1 3
short 23 15 -27 -10|shortcuts 38 -21 -10 -6|should 2 -34 54 -22|shouldn't -16 -11 31 -4|show 55 38 -61 -32
shown -9 29 -5 -15|side 30 -28 -1 -1|sidebar 16 -12 -2 -2|sign 42 -4 -33 -5|signature -35 46 -8 -3
simplify -2 -7 15 -6|since -8 18 -5 -5|single 7 -5 -2 -1|singleton -14 -10 26 -2|site -27 -6 -7 40|size 2 11 -12 -2
skips 9 -9 -3 3|sleep 35 -26 -5 -3|slow -10 8 -4 6|small -16 25 -6 -3|smaller -9 13 -1 -2|so 24 -23 12 -13
some -49 20 21 8|somebody 31 -20 -8 -3|something -16 1 20 -4|sometimes -10 19 -5 -4|sort 16 -13 -6 3
sound -11 22 -5 -6|source 27 0 -27 0|space 3 6 -5 -4|spanish -9 -3 -1 13|speed 27 -17 -3 -7|spell 32 0 -7 -25
split 4 -17 16 -3|spread 38 -7 -29 -2|spring 4 -11 9 -1|sql -6 4 1 1|stack -5 11 -4 -3|staff -23 27 -2 -2
start -4 -11 -16 31|startup 5 20 -22 -2|state -22 -30 70 -18|status -13 22 -4 -4|stays -9 14 -5 -1|stdin 8 -3 -3 -3
step 10 -16 -16 23|sticky 13 0 -7 -6|still -22 19 31 -28|stop 7 14 -15 -6|storage -26 -2 29 -1|store 19 -19 5 -5
strange -17 27 -4 -6|stream 30 -15 -12 -3|strict -18 15 5 -2|stricter 8 -1 -6 -1|strings -22 6 21 -5
structure 11 -11 7 -6|stuck -5 8 -1 -1|stutters -14 21 -2 -5|style 11 -9 23 -24|submit -12 17 -3 -2
subscription 11 -9 -1 -2|subtitles -4 8 -3 -1|such -11 22 -4 -6|suggestions 28 -11 -4 -14|suite -20 14 9 -3
sum -1 18 -13 -4|summary 0 17 -8 -9|support 72 -85 -14 27|sure -24 31 -5 -1|svg 7 -5 -1 -1|switch -45 22 23 0
symbol -7 11 -1 -3|symlinks 10 -2 -5 -3|sync -27 46 -14 -5|syntax 3 -12 -9 17|system 59 -26 -24 -8|tab 17 20 -19 -18
table 19 -68 41 7|tablet -2 6 -2 -2|tags 0 28 -21 -6|takes 43 -5 -27 -11|tap 6 0 -5 -2|target -3 6 -2 -1
tasks -14 -12 4 23|team -5 5 3 -3|tell 14 -25 -14 25|temperature 10 -4 -4 -2|templates 48 -48 3 -3|ten -8 14 -4 -2
terminal 5 -3 -3 2|ternaries 16 -3 -11 -2|tests -82 -18 133 -32|text 46 3 -18 -31|than 36 9 -41 -3|that 4 -34 -14 43
the 3 2 -9 4|their -15 11 15 -11|theme 39 -1 -26 -12|then -2 4 -1 -1|there 9 -20 -8 19|they -7 27 -12 -8
things -6 -34 17 22|this 23 -17 -6 0|thread 11 22 -29 -4|three -28 -14 47 -5|through -1 37 -21 -15|throw 8 -16 8 0
thumbnails -3 7 -2 -2|tide -16 3 -2 16|tidy -7 -2 12 -2|tiles 5 1 -6 0|time 14 19 -26 -7|timeout 16 -6 -8 -2
timer 33 -28 -3 -3|tips 12 -9 -2 -1|title 1 18 -9 -10|to 37 -26 6 -17|today -19 34 -12 -2|together -2 -8 14 -4
token 3 -2 1 -1|too 44 -44 19 -20|toolbar 11 -5 -4 -2|tools 16 -17 5 -5|tooltip -39 54 -7 -8|top 6 10 -7 -9
total -8 28 -12 -8|totp 13 -10 -2 -1|touch 28 -18 -6 -3|traces -5 9 -3 -1|track 3 7 -6 -4|trailing -25 44 -4 -16
transfers -3 5 -1 -1|translate -1 -4 -12 16|translation 51 -19 -20 -12|transport 9 -2 -6 -1|treats -12 26 -12 -2
tree 14 -8 8 -14|trip 27 -23 -3 -1|ts -14 -6 21 -2|turn -18 -4 33 -12|tutorial -22 -6 -9 37|twice 17 7 -16 -8
two -22 33 16 -28|type -22 61 -18 -21|typescript 14 -3 -11 0|typo 1 -11 -4 13|ui -11 -7 24 -6|umlauts -4 13 -4 -5
un -2 -5 12 -5|unable -18 22 -2 -3|undefined -6 14 -5 -3|under -7 -1 -2 11|undo 23 -11 -8 -5|unify -6 -3 11 -2
unit -18 2 5 11|unknown 17 15 -2 -30|unread 21 -13 -6 -3|unsaved 6 -5 -1 -1|until -3 12 -7 -3|unused 32 -12 -13 -8
up -37 3 46 -12|update -54 18 20 15|upgrade -8 -1 12 -2|uploads 54 3 -42 -16|url -6 -1 14 -7|usage -10 6 -9 14
use -53 -61 84 31|used 9 -9 -6 6|users -17 34 4 -21|utc 3 13 -13 -3|utils -17 -2 23 -4|ux 15 -6 -7 -2
validation 4 -5 4 -4|validators 27 -6 -19 -3|value -20 18 3 -1|vanish 11 -3 -2 -6|variables -3 -18 -2 23
verbose 16 -6 -5 -5|version -6 -37 27 16|very 21 -13 -6 -2|video -20 21 -1 0|view 11 0 13 -24|viewer 26 -2 -5 -19
visible -1 23 -4 -18|vite -5 -1 6 -1|vitest -9 -5 19 -4|wait -3 8 -3 -3|want 5 -12 9 -3|warn 9 0 0 -9|was 18 -24 8 -2
watch 5 -1 -3 -1|watcher -5 5 3 -3|way -13 -23 54 -18|we -31 -43 69 5|weather 7 10 -10 -7|webhook 9 -2 -6 -1
week 48 -25 -19 -4|weird -14 25 -7 -4|welcome -9 13 -1 -3|were 18 30 -29 -19|what -16 9 -15 22|wheel 22 -4 -8 -10
when 81 2 -56 -27|where 11 -3 -14 6|which 3 -45 -3 44|while 13 10 -16 -7|white 21 -16 -2 -4|who 6 12 -9 -9
whole -7 25 -7 -11|whose 34 -25 -5 -3|why -40 17 20 3|widget -21 -4 30 -6|width 15 -9 -4 -2|wiki -3 -2 -31 35
will -11 20 -6 -2|windows -1 -20 -24 45|with 32 72 -45 -60|without -12 37 -12 -12|wizard 7 1 10 -19|words 1 20 -16 -5
work -41 64 -29 7|worker -3 10 1 -8|workspace 5 -3 -4 1|would 19 -8 -9 -2|wrappers -12 -2 15 -1|write -67 47 -29 48
written 3 -14 2 9|wrong -50 33 -52 69|xml 8 -5 4 -6|years -9 18 -8 -1|yesterday -8 13 -3 -2|you -11 25 -4 -10
zero -9 22 -11 -2|zip -1 3 -1 -1|zone -12 3 -3 11|zoom 39 -12 -7 -20
`;
