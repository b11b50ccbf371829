/**
 * What each word of a title adds to feature, bug, refactor, docs, in hundredths and in this order. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const WORD_TABLE = `
ability 10 -2 -6 -2|able 32 -27 -4 -2|about -37 -24 6 55|above 15 0 -15 0|accent -3 7 -3 -1|accept 18 25 -22 -22
access -5 -4 11 -1|account 22 -12 -6 -4|across 11 2 -12 -1|actions -2 -1 4 -1|activity 21 -9 -9 -2|add -44 -39 -13 96
address -20 5 17 -2|addresses 1 2 -1 -1|admin -2 5 -5 2|after 56 50 -43 -62|again 20 -18 -1 -1|ajouter -6 -2 6 2
aktualisieren -40 -10 49 1|al -21 5 19 -3|albums 12 4 -6 -9|alignment -9 13 -1 -3|all -14 -18 27 4|allow -7 38 -29 -2
already -14 28 -7 -7|although -17 33 -10 -6|always -7 20 -9 -3|amounts -9 8 2 -2|an 39 17 -65 8|and 0 34 -11 -23
android 15 -13 3 -5|animation 4 5 -3 -5|annotations 44 -28 -10 -6|another 4 3 -6 -1|answers 35 -14 -18 -3
any -29 46 -14 -3|anybody -24 29 -2 -3|api -12 -79 1 91|app 68 4 -5 -67|appear -7 9 -2 -1|apple 20 -12 -5 -3
architecture -33 7 -32 58|archive 3 30 -20 -13|are -26 -45 25 46|area 17 -13 -1 -3|aren't -9 32 -2 -22
argument 5 -2 0 -3|arm 17 -2 -11 -4|array 0 0 -6 5|arrive -3 5 -1 -1|articles -27 12 17 -2|as 25 19 -18 -26
ask -1 2 -1 0|async 52 1 -41 -12|at 23 79 -57 -44|attachments 8 1 -5 -4|attribute 3 4 -5 -2|authors 28 -25 -4 1
auto 25 -7 -14 -4|autocomplete -15 30 -9 -6|automatic 5 -3 -1 -1|average 2 1 -2 -1|await -21 14 15 -8|away 1 -1 4 -3
axis -2 -11 -8 21|back 50 -10 -30 -10|backend 21 -16 -5 0|background 42 -19 -20 -3|backoff 21 -19 -1 -1
backup -38 22 -10 26|badge 14 -1 -16 4|bag 17 -13 -1 -2|balancer -3 8 -1 -4|banner 10 0 -4 -6|bar 2 37 -12 -27
base -37 -14 55 -5|be 24 33 -13 -44|before -2 44 -28 -14|behaviour -15 21 -3 -3|behind -36 12 17 6|being -1 2 0 0
below 1 8 -4 -5|benchmark -41 -9 54 -3|beside 25 -6 -17 -2|better 16 -30 14 1|between 3 -1 -13 10|big -8 -1 9 0
bigger 23 -17 -3 -3|bills 5 -3 0 -2|binaries 23 -14 -6 -3|blocks 36 -36 -26 26|board 8 9 -9 -8|body 16 -14 -2 -1
bookmarks 26 -19 -3 -3|booleans -10 19 -7 -1|bot -2 -6 15 -7|both -5 8 -1 -2|bound -4 11 -4 -3|box 23 -12 -3 -9
branch 27 -38 -1 11|breaks -24 -6 11 19|bring 2 -2 -1 0|broken -21 19 -10 12|browsers -43 32 -7 17|buffer -23 12 14 -3
bug -26 41 -6 -8|build -7 4 14 -11|builder 46 -13 -34 0|bulk 16 -11 -3 -2|bump -8 -6 17 -3|but -9 -4 -10 23
button 6 55 -35 -26|by 55 -10 -6 -40|bytes -10 17 -3 -4|cache -64 7 24 33|calculation -5 9 -1 -2|calendar 40 -28 -6 -6
call -5 9 1 -5|callbacks 26 -22 2 -6|can 19 74 -38 -55|can't 13 -10 12 -14|cancel -5 10 -3 -2|cannot 40 9 -17 -32
card -20 23 -9 6|cart 5 -4 0 -1|case -20 -13 33 0|cent -4 1 4 -1|certificates 12 22 -38 3|change -33 38 15 -19
changelog 31 -21 -2 -8|channel 12 -12 -3 4|chapter -13 5 -3 12|charged -8 11 -1 -2|chart 40 -14 -13 -12
chat -11 4 7 -1|check -5 13 15 -23|checkout -10 15 3 -7|children 31 -27 -2 -1|choice -38 24 -9 23|choose 26 -13 -9 -5
ci -7 -4 3 7|circular -9 -6 16 -1|clarify -8 -6 -6 21|class -18 9 13 -4|classes -20 -11 24 7|clean 16 4 -15 -5
cleanup -22 -4 29 -3|clear -22 -8 -6 36|cli 1 -2 -5 6|click 15 15 -22 -8|client -7 9 -8 5|clock -32 -1 39 -6
clone -5 16 -9 -2|close 26 11 -27 -10|cluster 27 -7 -16 -5|code -44 -20 19 44|collapse 47 -10 -33 -4
color -11 16 -4 -1|colours -11 -8 28 -9|column 19 -21 0 2|come 11 -2 -5 -5|comma -22 41 -3 -15|command 1 -43 18 23
comments 31 -34 -63 66|common -70 12 30 28|compact -7 15 -6 -2|company 8 -6 -1 -1|compare -24 37 -10 -3
compile -4 -13 -6 23|compiler -1 24 -14 -10|completion 0 15 -11 -4|components -18 -38 64 -8|config 6 -56 7 43
configurable 24 -16 -5 -2|configuration 11 -16 -7 12|configure -7 9 -4 2|confirmation 9 0 -8 -1
connection -15 27 -4 -7|consider -23 -6 29 -1|consistent 9 -3 -6 0|console 9 -18 6 3|constants -22 -3 28 -3
constraints 24 -1 -22 -1|contact 11 9 -13 -7|contains 23 -16 -4 -2|content -2 12 -1 -9|context 10 -22 16 -5
contradicts -2 -14 -1 17|contrast 9 3 -7 -5|contributing -16 -4 -4 24|contributor -10 -5 -1 17|controllers 2 -3 2 -2
controls 25 -12 -9 -5|convert 27 0 -18 -10|cookie -17 30 -6 -6|copied 0 15 -14 -1|copies -9 3 21 -15|copy 39 14 -7 -46
core -12 -1 15 -1|correct -4 4 2 -2|could -17 -2 22 -4|count 4 -4 -16 17|coupon -3 8 -3 -2|cover -28 13 -2 17
coverage -8 -4 14 -2|cpu -14 15 -1 -1|crash -12 18 -3 -4|create 5 -12 20 -14|css -7 -3 11 -1|csv -15 31 -10 -6
currency 11 -6 -4 -1|cursor 6 -4 -1 -1|custom 12 16 -30 2|customers 0 5 -3 -2|cut -12 25 -4 -8|dans -6 4 3 -1
dark 13 -4 -15 6|dashboard 0 8 -4 -4|data 10 19 -7 -23|database -30 21 11 -2|date -15 21 -16 10|day 28 23 -39 -12
de 31 -28 -12 9|dead -13 -33 -10 56|deadlock -5 14 -8 -1|debug -1 9 -4 -4|decoding 2 -8 9 -3|decouple -22 -3 27 -2
default 31 -21 -23 13|defined -2 4 -1 -2|definitions 17 -4 -11 -2|delete -10 27 -15 -3|demo -2 -1 -1 3
den -19 -15 37 -3|dependencies -6 -10 24 -7|dependency 6 5 -6 -5|deploy -29 48 -6 -12|deployment -6 -3 -2 12
deprecated 19 -47 25 3|der -7 -19 6 20|describe -48 -31 -20 98|description -39 -29 -6 73|design -10 -5 15 -1
desktop -4 15 -6 -5|device 44 -25 -10 -8|diagram 26 -6 -1 -18|dialog 14 17 -15 -15|diff 2 5 -5 -2
difference -8 -6 -7 21|different -20 33 -12 -1|differs 1 5 -4 -2|directory 2 11 -6 -6|disable 2 -14 15 -3
disappear 8 -1 -1 -5|discount 9 1 -7 -4|disk 49 -6 -36 -7|display 9 16 -9 -16|do -27 -2 26 3|docker -5 1 -4 8
docs -47 -23 -17 88|docstrings -17 -19 -15 51|document -70 -43 -32 146|documentation -51 -20 -17 88|does -17 21 -9 5
doesn't -13 29 -34 18|don't -14 20 -11 6|done -9 12 -1 -2|double -14 25 -8 -3|down -29 18 -8 18|download 53 -25 -20 -9
drag 4 6 -7 -2|dragging 41 -34 -3 -5|driver 1 1 -1 -1|drives -5 8 -1 -3|drop 4 -14 32 -21|dropped 35 -29 -3 -3
dry -17 25 -6 -2|ds -5 -14 -1 20|duplicate 10 -6 2 -6|duplication -15 -1 17 -1|durations 0 4 -2 -2|during -12 -8 22 -3
each 20 -22 7 -5|edge -18 22 1 -5|edit 3 15 -8 -11|editor 78 -25 -32 -21|el 10 2 -7 -5|element 10 -6 -1 -2
else -4 7 -1 -1|emoji 11 2 -6 -7|empty -9 5 3 0|en 25 -10 -12 -3|enable -50 23 30 -2|encrypt 20 -12 -2 -6
end -6 30 1 -25|endpoint -1 -3 -15 19|engine -5 -4 10 -1|english -4 14 -6 -4|ensure 2 11 -5 -8|enter -11 14 -2 -1
entfernen -17 -13 31 -2|entries -14 19 -4 -1|entry -6 7 -3 3|enum -15 9 11 -4|env -6 -1 -2 9|environment -23 37 -20 6
error -4 -34 32 6|escape -30 43 -10 -4|eslint -5 -1 8 -1|estimated -5 12 -4 -3|event -2 -31 45 -12
every -12 45 -13 -20|everybody -24 23 9 -8|everyone's -39 48 -3 -7|everything 15 -1 -6 -8|everywhere -27 -16 47 -4
example -57 -30 -16 103|excel 11 -5 -4 -2|exist -13 12 -8 9|exit -39 30 -15 24|expire -1 22 -18 -2
explain -26 -37 -17 80|export 5 27 -19 -12|expression 28 0 -23 -6|extract 37 -9 -23 -6|factor 27 -18 -8 -1
fails 45 26 -53 -19|falls 15 -12 -1 -2|faq -22 -3 -2 27|far -4 10 -2 -4|faster 16 -7 -6 -3|feature -30 -25 58 -2
fee 12 -7 -5 -1|feed -20 40 -13 -7|fetch -13 18 18 -23|field -20 40 3 -22|file 1 -14 23 -10|filter 19 -12 -24 17
find 48 -23 -29 4|finished 4 0 -2 -2|firefox -19 20 -1 -1|first -13 16 -12 9|fits 42 -29 -12 -1|five 2 -32 31 -1
fix -1 -6 -10 17|flag 3 -23 40 -20|focus -18 22 -2 -2|fold 29 3 -27 -6|folder -48 -17 70 -6|follow 13 -15 -5 7
font 30 -5 -15 -10|footer -4 20 -12 -5|for 68 -31 -26 -10|forever -15 22 -4 -3|forgets 20 -11 -2 -8|form 5 -34 11 18
format -64 -29 62 30|formatter 5 2 -5 -3|formatting -11 -13 5 20|formula 17 -7 -7 -3|found -16 10 3 2
framework -25 8 21 -4|free 3 -1 -1 -1|freeze -7 9 -1 -1|french 20 5 -4 -20|from 1 18 34 -52|full 5 5 -8 -3
functions -1 -21 -7 29|gallery 16 19 -2 -33|game 13 -7 -3 -3|gateway -2 -2 5 -1|gcc -5 7 -1 -1|generated -25 54 -9 -20
generic 17 2 -16 -3|german -8 14 -9 4|get 4 25 20 -49|getting -31 29 -3 4|github 4 -7 1 2|gives -24 48 -14 -10
global -25 -10 37 -3|go 4 -4 11 -11|goes -26 49 -15 -8|going -7 12 -5 0|gone -28 32 -3 -1|grey -19 21 -1 -1
grid 4 3 -5 -2|group 25 17 -22 -20|guests 49 -26 -17 -5|guide -17 -14 20 11|had -4 8 -2 -2|half 14 4 -12 -7
hand 0 -4 8 -5|handlers 16 -6 -8 -2|handling 5 -32 37 -10|hangs -5 9 -1 -3|happens -7 -5 6 6|hard -6 -10 10 6
hardware -14 -5 -4 23|has -6 30 -22 -2|have 27 -71 38 5|header 6 12 -8 -11|headings -8 17 -5 -3|health 23 -17 -3 -4
helm 5 -4 -1 -1|help -31 61 -8 -22|helpers -7 -4 14 -3|here -5 0 7 -1|hidden 0 23 -5 -18|hide 2 29 -20 -11
high 9 0 -4 -4|highlight 26 -9 -13 -4|hints -5 -9 18 -4|history -5 11 -5 -1|hits -4 9 -1 -4|home -4 2 5 -3
homebrew 11 -5 -5 -2|hooks 3 -4 -5 7|host -21 23 -10 8|hot -28 -2 32 -1|hotkey 16 -4 -3 -8|hour 2 14 -11 -6
hovering 18 -2 -1 -15|how 75 -38 -50 13|html 8 2 -9 -1|http 10 -26 19 -2|icons 3 11 -2 -12|id -10 -3 14 -2
idle -27 32 -3 -2|ids 17 -18 3 -2|if 38 -24 -12 -3|ignore 15 9 -16 -8|image -19 34 -3 -12|immutable -13 -1 15 -1
implement 23 -32 19 -10|import -3 -43 61 -15|importer 6 -11 8 -2|improve 61 -47 3 -17|improvement 25 -15 -9 -1
in 10 74 -33 -50|inconsistent 14 -48 44 -9|incorrect -7 46 -5 -35|increase -3 7 -2 -2|index 39 -31 -13 5
information -17 -17 -9 42|injection -5 -2 8 -1|inline -10 -2 14 -2|input -4 16 -4 -7|inside 5 17 -9 -13
install -5 23 -13 -6|installation 2 -2 -17 17|instead 63 -79 33 -17|instructions -11 -8 -2 20|int 11 -15 5 -2
integration -17 -11 33 -4|interface -45 2 49 -6|internal -11 21 -7 -3|interval -15 20 -2 -2|into -27 -19 27 19
introduce -63 -7 77 -7|invalid -16 25 -5 -3|invite -5 8 -1 -3|invoice -6 12 -4 -2|ios 16 -12 -1 -2|iphone -6 18 0 -11
is 11 -34 17 6|isn't -65 52 -22 35|issue -1 7 -4 -3|it 41 -16 -4 -22|it's -16 -8 -6 30|items 8 19 -14 -12
its -30 21 7 1|java -9 -2 6 5|job 45 -2 -32 -10|jour -5 1 6 -2|jquery -3 0 4 -2|js -18 23 -1 -4|jsdoc -16 -1 -3 20
json 25 -6 -14 -6|jump 17 -4 -10 -3|keep 12 7 0 -20|key 18 -11 -11 4|keyboard 8 12 -12 -8|know 13 -14 5 -4
la 12 -5 -12 4|labels -13 32 -20 1|lacks -6 -13 -3 22|land 49 17 -9 -57|language 6 22 -8 -20|large -2 -40 48 -6
larger 22 -7 -12 -3|last 8 33 -23 -18|latest -7 2 7 -2|layer -13 1 19 -8|layout -41 15 24 2|lazy 23 -15 -5 -3
le -42 27 20 -6|lead 7 -5 -1 -1|leak -6 8 -1 -1|leaves 33 -24 -5 -3|left -9 14 -2 -3|legend -22 45 -12 -11
less 2 -13 15 -4|let 26 -15 -2 -9|letter 21 -8 -7 -7|level 24 -9 -13 -3|lexer -8 15 -6 -2|library -9 -51 67 -7
license -45 -13 -13 71|light -5 15 -4 -6|like 27 -20 -5 -2|limit -42 19 -19 42|line 7 16 -16 -7|link -17 15 -34 36
lint -9 2 10 -3|linter 28 7 -28 -6|linux 6 -17 -7 17|list 24 -18 -31 25|literals -15 -10 28 -2|load 8 -1 0 -7
loader -24 -8 35 -2|local -5 1 8 -4|lock 4 -24 30 -10|log 31 1 -26 -6|logger 8 -5 -1 -2|logging 25 1 -22 -3
logic -7 -2 10 -1|login 4 0 14 -18|logo -7 -13 -1 22|logout -1 2 0 -1|long 11 11 -3 -19|longer -10 8 -4 6
look -9 24 -8 -7|loop 30 -83 56 -3|loses -24 27 -3 0|lost -4 8 -1 -2|low -4 13 -8 -2|machine 1 2 -1 -3|made -4 11 -8 0
magic -22 -6 30 -2|mail 17 17 -19 -15|main -3 -11 21 -6|make 8 3 -20 9|managers -16 28 -6 -7|manual 2 -10 -3 12
many 25 -23 29 -32|map 7 5 -4 -8|march -15 28 -11 -2|markdown 20 -10 -5 -4|marker 10 -2 -5 -3|marks 7 -2 9 -13
match 17 15 -29 -3|maximum 8 1 -6 -2|may -17 18 2 -3|md -7 -22 -2 31|me 2 20 -15 -7|mean -8 -8 -3 20
members 22 -11 -9 -3|memory 15 -6 1 -10|mention -4 -36 -25 65|menu 7 -4 -10 7|merge 27 -10 -7 -11
messages 47 -18 -17 -11|methods 24 -2 -16 -6|metrics 20 -8 -7 -5|middle 1 0 0 0|middleware -3 -1 5 -1
migrate -38 -10 71 -23|migration 1 0 -9 8|minimum -2 -3 6 -1|minutes 4 3 -5 -3|misaligned -2 4 -2 -1
misplaced -9 12 -1 -1|missing 0 -36 -17 52|mobile -1 14 -7 -6|mode 7 29 -24 -11|models 11 -31 24 -4
module -11 -5 18 -2|moment -3 2 2 -1|month 11 13 -15 -9|monthly 24 -7 -15 -2|more 22 -19 18 -21|mouse 9 2 -1 -9
move -14 -8 1 21|mqtt 0 9 -6 -3|much 18 -12 21 -26|multi 18 -13 -3 -2|multiple -29 32 -2 -1|must -2 23 -12 -9
my -5 41 -16 -20|names -26 32 46 -53|narrow -1 3 -1 -1|ne -6 16 -7 -3|need -13 -41 29 25|negative -36 49 -8 -5
nested 13 8 -12 -9|network -17 20 2 -4|never 14 5 -14 -5|new 51 -41 -21 11|newsletter -2 5 -1 -1|next 43 -8 -21 -15
nicer 14 -4 -8 -2|nightly 15 12 -20 -7|nil -5 8 -2 -1|nimbus -1 8 -7 1|no 9 52 -56 -5|node -24 13 10 0|not 9 -24 -5 20
nothing -14 43 -12 -17|notifications 20 -4 -11 -5|now -4 1 4 -1|npm -12 7 11 -7|null -2 6 -1 -3|numbers 20 26 -21 -25
object -16 -23 35 3|of -21 38 -28 11|off -24 63 -26 -12|offer 5 10 -11 -3|offline 41 -5 -7 -29|old -48 -35 13 69
older 10 -2 -6 -2|on -41 72 -68 37|onboarding 5 -9 -21 25|once 6 -10 3 1|one -36 -21 110 -53|only 91 -72 -26 6
open -15 71 -14 -42|option -3 -51 -39 93|or -22 -13 35 0|order -46 47 21 -21|orm -2 -1 4 -1|other 6 -15 17 -8
our -36 41 2 -7|out -15 -2 18 -1|outdated -5 -18 17 6|output 23 -8 -13 -3|outside -20 26 -3 -3|over 1 -3 10 -9
overlaps -2 10 -3 -5|overview 31 -5 -3 -22|overwrites -9 15 -3 -3|own -17 -6 20 3|owner 20 -16 -2 -2
package -9 4 15 -10|page 26 58 -54 -30|pagination 5 -2 -2 -1|panel -31 36 -3 -3|panic -6 6 -5 5|par 4 5 -8 -1
parallel 17 -12 -3 -2|parameter 6 -26 1 19|parser -8 64 -9 -47|parsing -57 7 53 -4|part 1 -11 1 10|pass -24 11 18 -4
passing 7 -1 -5 -1|password -18 31 3 -15|paste 3 0 -1 -1|path -23 -2 24 1|patterns 24 -4 -16 -4|pause 0 2 -1 -1
payloads 21 -11 -9 -2|payment -8 6 0 3|pdf 5 8 -8 -5|people 20 10 -22 -8|per 13 -22 24 -15|performance 2 0 -2 0
permissions -14 -15 0 29|person -19 24 -4 -1|phone -6 25 -12 -7|photos 10 -4 -3 -3|php -27 55 -21 -7|pick 1 4 0 -4
picker 30 4 -32 -2|picture 0 14 -9 -6|pin -7 -18 37 -12|pip -3 9 -3 -3|place -33 -15 55 -7|placeholder -2 4 -1 -1
plan 29 -17 -6 -5|play 3 -1 -1 -1|player 39 -26 -1 -13|please 12 -14 -16 18|plugin 11 -14 -10 14|plural -16 26 -7 -4
pods 5 -1 -3 -1|points -28 50 -17 -5|policy -10 -10 -9 29|pool -21 11 12 -2|popup 2 6 -4 -3|por 19 -8 -7 -4
port 29 -17 -3 -10|portuguese 26 -5 -18 -3|position -6 13 -4 -2|possible -8 8 5 -5|posts -19 20 -2 0|pre 26 -25 2 -3
preferences -5 6 -1 -1|pressed -3 5 -1 -1|prevent 19 -1 -1 -17|preview -8 26 -13 -5|price -4 31 -8 -18
print -23 54 7 -38|printer -15 22 1 -8|private 9 9 11 -29|probe -3 -1 -9 12|problem -22 38 -10 -6|process -4 -6 -2 12
product 32 -1 -1 -30|production -3 14 -8 -3|profile -35 44 -6 -3|program -25 28 -2 -1|progress 29 -1 -22 -5
project -4 50 -17 -29|promises -10 5 6 -2|proper -26 -1 27 -1|provide -7 -7 -13 27|proxy -7 11 -25 21
public -15 -23 4 34|publish 9 4 -12 -1|pull -9 10 2 -2|push -13 28 -12 -3|puts -12 -29 44 -2|py -4 -6 9 1
python 13 -7 0 -6|queries -25 -14 43 -3|query 20 0 -19 -1|question -14 -6 25 -5|queue 3 -14 -3 14|quick 8 -9 -14 15
quiet 2 13 -8 -6|raise 4 -3 0 -1|ran -3 4 0 -1|random 15 12 -19 -8|rate 36 3 -20 -20|rather 30 -6 -22 -1
raw 13 16 -24 -6|reached -16 -2 21 -3|react -48 11 8 29|read -9 59 -32 -18|reader 7 -4 7 -9|readme -31 -3 -24 57
real -11 -14 27 -2|recipes 9 0 -29 21|reconnect -4 12 -4 -4|recording 0 5 -32 27|red -2 8 -5 -2|redirects -5 9 -2 -1
redis -16 -2 19 0|reduce -11 -5 19 -3|refactor -8 -4 15 -4|reference -5 -15 -3 23|refund 12 -3 -3 -6
release 24 1 -20 -6|reload -3 17 -4 -10|remaining 3 -32 31 -2|remember 11 5 -11 -5|reminder 4 10 -12 -2
remove -34 -26 61 -1|rename 31 -8 0 -22|render -18 17 15 -14|renewal -1 5 -1 -3|reorder 36 -25 -4 -7
replace -59 0 71 -13|report 10 25 -25 -10|reporters -5 -28 32 1|repository -15 -1 -12 28|request -24 54 -23 -7
required 0 -10 -14 24|reset 38 1 -6 -33|resize -13 20 -5 -2|resolved -14 11 -4 7|respect 21 -17 -2 -2
response -23 22 1 1|restart -3 10 -4 -3|restore -3 5 -5 3|restructure -8 -7 10 5|results -43 63 -9 -10
retry 40 -29 -8 -3|return -17 32 -31 16|review -25 17 3 5|rid -30 27 32 -28|right 10 19 -21 -7|root -11 28 -21 4
rotate -12 27 -10 -4|round 4 16 -14 -6|route 0 -12 15 -2|row 0 15 -7 -8|rule 15 4 -15 -4|run -12 31 -28 9
running 34 -32 -1 -1|safari -4 5 0 0|safe -15 -3 19 -2|same -51 42 16 -7|sample 58 -4 -3 -52|save -34 75 -28 -13
say -44 25 -7 25|scale -9 14 -6 1|scanner -4 3 -1 2|scheduled 15 -7 -7 -2|scheduler -23 -15 44 -6|scoped -2 -2 -1 6
score -36 16 -2 22|screen 0 -15 27 -11|screenshots 25 -22 -8 5|script -23 12 20 -9|scroll -24 68 -13 -31
se -9 26 -4 -13|search 16 46 -33 -29|second 45 10 -27 -28|section -22 0 -4 26|security -46 17 -5 34|see 37 -5 -16 -16
segfault -1 2 0 0|select 4 7 -5 -6|send -12 7 8 -3|sensor 21 1 -16 -5|sent -8 25 -13 -3|separate -69 22 49 -2
series -7 11 -3 -1|server 29 -5 -20 -4|service -22 -10 37 -5|session 10 -22 19 -7|set 9 -18 22 -13
settings 15 6 -7 -14|setup -14 -2 13 3|several 5 -12 10 -3|shape 8 -9 3 -3|shared -31 17 45 -31|sheet 33 -10 -19 -4
shifts -1 5 -2 -2|shop -4 2 -1 3|short 25 12 -25 -11|shortcuts 22 -5 -10 -7|should 19 -55 57 -20
shouldn't -17 -8 29 -4|show 52 39 -60 -31|shown -8 27 -4 -15|side 32 -29 -1 -1|sidebar 16 -12 -2 -2|sign 46 -9 -32 -5
signature -31 41 -8 -3|simplify -3 -6 15 -6|since -9 19 -5 -5|single 5 -3 -2 0|singleton -15 -10 27 -2
site -27 -7 -6 40|size -4 21 -13 -4|skips 12 -11 -3 3|sleep 16 -7 -6 -4|slow -10 8 -4 6|small -19 28 -6 -3
smaller -8 12 -1 -2|so 25 -25 12 -12|some -52 23 20 9|somebody 32 -23 -7 -2|something -17 1 20 -4
sometimes -11 20 -5 -4|sorting 11 -2 -11 3|sound -16 27 -5 -6|source 26 0 -26 0|space -1 11 -5 -4|spanish -8 -3 -1 12
speed 23 -14 -2 -7|spell 30 2 -7 -25|split 5 -19 17 -3|spread 41 -11 -28 -2|spring 6 -13 9 -1|sql -6 4 0 1
stack -7 13 -3 -3|staff -24 27 -2 -2|start 2 -16 -16 29|startup 4 19 -21 -2|state -24 -27 68 -17|status -13 22 -4 -4
stays -7 12 -4 -1|stderr 1 4 -4 -2|stdin 8 -3 -2 -3|step 8 -13 -17 21|sticky 12 1 -6 -6|still -23 21 30 -28
stop 4 18 -15 -6|storage -26 -2 29 -1|store 17 -19 6 -4|strange -19 29 -4 -6|stream 29 -13 -12 -3|strict -16 9 9 -2
stricter 7 -1 -6 -1|strings -26 9 22 -5|structure 12 -13 7 -6|stuck -6 8 -1 -1|stutters -12 19 -2 -5
style 11 -10 23 -24|submit -13 18 -3 -2|subscription 12 -9 -1 -1|subtitles -4 7 -2 -1|such -13 24 -5 -7
suggestions 28 -11 -4 -14|suite -19 13 9 -3|sum -3 21 -13 -4|summary 4 12 -8 -8|support 83 -95 -13 25
sure -26 32 -4 -1|svg 11 -9 -1 -1|switch -39 15 23 1|symbol -7 11 -2 -3|symlinks 9 0 -5 -3|sync -26 44 -12 -5
syntax 3 -10 -10 16|system 55 -24 -24 -8|tab 30 6 -18 -18|table 21 -70 40 9|tablet -2 5 -2 -2|tags -1 27 -21 -6
takes 48 -10 -27 -11|tap 6 1 -5 -2|target -3 6 -2 -1|tasks -10 -15 4 22|team -6 6 2 -3|tell 11 -24 -12 26
temperature 11 -4 -5 -2|templates 46 -49 4 -1|ten -7 13 -4 -2|terminal 2 -1 -3 2|ternaries 15 -2 -12 -2
tests -80 -22 133 -31|text 46 3 -18 -31|than 37 7 -40 -4|that -3 -18 -16 37|the 5 0 -8 3|their -14 8 17 -11
theme 44 -7 -27 -10|then -2 5 -2 -1|there 10 -20 -8 18|they -3 21 -11 -8|things -7 -33 17 23|this 23 -19 -5 2
thread 9 25 -30 -4|three -24 -19 48 -5|through 3 32 -18 -17|throw 13 -20 7 0|thumbnails -29 37 -5 -2|tide -13 -1 -2 16
tidy -7 -2 12 -2|tiles 5 1 -6 0|time 1 33 -27 -7|timeout 22 -6 -11 -5|timer 40 -35 -2 -2|tips 14 -11 -2 -1
title -3 22 -9 -10|to 40 -33 8 -14|today -21 35 -12 -2|together 0 -11 15 -4|token 2 -2 1 -1|too 36 -35 19 -20
toolbar 11 -5 -4 -2|tools 21 -22 5 -4|tooltip -50 67 -9 -9|top 11 5 -6 -11|total -9 29 -12 -8|totp 13 -10 -2 -1
touch 25 -16 -6 -3|traces -7 11 -3 -1|track 2 8 -6 -4|trailing -26 46 -4 -15|transfers -2 4 -1 -1
translate 0 -4 -12 15|translation 50 -20 -19 -11|transport 8 -2 -6 -1|treats -11 25 -12 -2|tree 13 -6 7 -13
trip 30 -26 -3 -1|ts -12 -9 22 -1|turn -11 -11 34 -12|tutorial -23 -5 -9 37|twice 17 7 -15 -8|two -26 39 14 -28
type -20 59 -17 -22|typescript 15 -3 -12 0|typo 0 -10 -4 14|ui -13 -4 23 -6|umlauts -1 9 -4 -4|un -2 -4 12 -5
unable -9 12 -1 -2|undefined -6 14 -4 -3|under -8 -1 -2 11|undo 11 6 -12 -5|unify -6 -3 10 -2|unit -13 -4 5 12
unknown 16 14 -2 -28|unread 20 -11 -6 -3|unsaved 10 -8 -1 -1|until 0 9 -6 -3|unused 32 -15 -10 -7|up -32 -6 48 -11
update -52 20 21 11|upgrade -9 -1 12 -2|uploads 59 -3 -41 -15|url -7 0 13 -6|usage -8 3 -8 14|use -51 -63 84 30
used 9 -9 -6 6|users -22 39 4 -21|utc 5 10 -12 -3|utils -17 -2 22 -4|ux 15 -6 -7 -2|validation 3 -5 5 -4
validators 26 -6 -18 -2|value -22 22 2 -2|vanish 8 -1 -2 -5|variables -4 -18 -2 24|verbose 23 -11 -5 -6
version 2 -46 29 15|very 20 -12 -6 -2|video -20 21 -1 0|view 13 -3 13 -24|viewer 27 -4 -5 -19|visible -3 24 -3 -17
vite -5 -1 6 -1|vitest -9 -5 19 -4|wait -2 7 -3 -3|want -8 6 5 -4|warn 12 -4 0 -8|was 16 -23 9 -2|watch 5 -1 -3 -1
watcher -6 5 3 -3|way -10 -26 53 -17|we -29 -44 68 5|weather 10 5 -9 -7|webhook 10 -2 -6 -1|week 44 -22 -18 -4
weird -14 25 -6 -4|welcome -10 15 -1 -4|were 20 25 -27 -18|what -11 1 -11 22|wheel 22 -4 -8 -10|when 78 2 -53 -27
where 18 -10 -13 5|which 9 -42 -12 45|while 15 9 -16 -7|white 18 -13 -2 -4|who 10 5 -7 -9|whole -5 23 -7 -10
whose 35 -28 -5 -3|why -41 19 20 3|widget -20 -6 32 -6|width 17 -11 -4 -2|wiki -3 -2 -30 35|will -11 20 -6 -2
windows 4 -24 -25 45|with 31 71 -44 -58|without -13 37 -12 -12|wizard 7 2 10 -19|words 2 20 -16 -5|work -41 63 -30 8
worker 2 6 -1 -8|workspace 5 -2 -3 1|would 19 -9 -9 -2|wrappers -12 -2 15 -1|write -65 46 -30 49|written 3 -13 1 9
wrong -48 30 -51 69|xml 8 -5 4 -6|years -8 16 -7 0|yesterday -5 9 -3 -2|you -13 26 -4 -10|zero -9 22 -11 -2
zip -2 4 -1 -1|zone -7 -2 -3 11|zoom 40 -13 -7 -20
`;
