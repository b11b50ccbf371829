/**
 * What each word of a title adds to feature, bug, refactor, docs, in hundredths and in this order. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const WORD_TABLE = `
ability 10 -3 -6 -1|able 21 -15 -4 -2|about -38 -20 1 57|accent -6 10 -3 -1|accept 32 1 -24 -10|access -7 -1 9 -2
account 32 -17 -9 -6|across 14 4 -16 -2|actions -2 -1 4 -1|activity 29 -14 -12 -3|add -39 -49 -9 97
address -20 7 16 -2|addresses 1 3 -2 -2|admin -13 16 -6 3|after 74 44 -51 -67|again 9 -7 -2 -1|ajouter -7 -2 6 2
aktualisieren -45 -9 53 1|al -23 6 20 -3|albums 25 -8 -6 -11|alignment -8 13 -2 -3|all -8 -34 41 1|allow 30 -5 -25 0
already -34 52 -9 -8|although -15 34 -13 -6|amounts -5 3 3 -1|an 24 10 -43 9|and 12 17 -6 -23|android 22 -16 1 -6
animation 2 7 -3 -6|annotations 48 -30 -11 -7|another 4 5 -8 -1|answers 43 -17 -23 -3|any -16 38 -15 -7
anybody -24 30 -2 -4|api -4 -87 2 89|app 72 1 -3 -71|apple 21 -12 -5 -4|architecture -34 -5 -27 67
archive 4 35 -23 -15|are -39 -41 30 51|area 19 -14 -2 -3|aren't -8 32 -2 -22|argument 10 -4 -3 -3|arm 23 -13 -5 -4
array -3 2 -6 7|arrive -4 6 -1 -1|articles -7 -10 19 -2|as 42 11 -31 -22|async 61 14 -62 -13|at 27 82 -63 -46
attachments 4 5 -5 -4|authors 17 -15 -1 0|auto 21 -13 -6 -2|autocomplete -18 34 -10 -7|automatic 5 -3 -1 -1
average 1 1 -2 -1|await -9 -5 16 -2|away -1 -3 6 -3|axis 2 -12 -10 21|back 32 5 -28 -9|backend 18 2 -19 -2
background 47 -22 -22 -4|backoff 20 -18 -1 -1|backup -23 8 -11 27|badge 17 -1 -18 3|balancer 1 5 -1 -6
banner 9 0 -3 -6|bar -3 42 -8 -31|base -43 -11 59 -5|be 23 30 -3 -49|before 3 33 -21 -15|behaviour -13 19 -3 -3
behind -38 13 19 7|being -1 2 0 -1|below -1 10 -5 -4|beside 29 -6 -21 -2|better 10 -17 9 -1|between -7 8 -10 10
big -10 1 9 0|bigger 27 -21 -3 -4|bills 6 -7 3 -2|blocks 32 -24 -34 27|board 14 5 -11 -8|bookmarks 26 -18 -4 -4
booleans -2 -2 4 -1|bot -9 0 16 -7|both -6 9 -1 -2|box 15 -3 -3 -9|branch 17 -30 -1 14|breaks -23 -8 12 19
broken -31 32 -13 12|browsers -48 37 -9 20|bug -21 35 -7 -8|build -8 7 12 -11|builder 59 -18 -41 0|bulk 12 -7 -3 -2
bump -9 -7 19 -3|but 6 -22 -9 25|button 3 53 -33 -23|by 45 -9 1 -37|cache -35 -30 30 35|calculation -7 11 -2 -3
calendar 25 -13 -6 -6|call -7 18 -6 -6|callbacks 25 -17 -6 -3|can 20 76 -40 -56|can't 36 -33 12 -15|cancel 4 0 -2 -2
cannot 18 19 -4 -33|card -20 19 -9 10|cart 6 -5 0 -1|case -22 -9 32 -1|cent -4 1 3 -1|certificates 13 20 -37 3
change -37 41 17 -21|changelog 32 -22 -2 -8|channel 14 -10 -4 1|chapter -12 9 -4 7|charged -8 11 -1 -2
chart 27 -4 -11 -11|check -22 33 10 -21|checkout -7 13 1 -7|choice -22 9 -12 26|choose 17 0 -12 -5|ci -6 -6 4 9
circular -6 -7 14 -1|clarify -11 -7 -7 24|class -17 8 13 -4|classes -24 -12 26 10|clean 20 3 -18 -5
cleanup -18 -3 24 -3|clear -21 -12 -6 39|cli 3 -3 -6 6|click 14 18 -23 -9|client 35 -23 -10 -2|clock -29 -4 41 -8
clone -6 20 -13 -2|close 36 1 -28 -9|cluster 21 -3 -15 -3|code -40 -11 8 43|collapse 45 -9 -33 -3|color -15 24 -7 -2
colours -11 -1 22 -10|column 8 -6 -2 -1|come 15 -7 -4 -4|comma -9 15 -4 -1|command -13 -46 26 33|comments 9 2 -69 58
common -58 -11 37 32|company 24 -22 -1 -1|compare -29 54 -21 -4|compile -3 -16 -6 26|compiler -8 26 -14 -4
completion 10 1 -8 -3|components -21 -38 68 -9|config 15 -47 0 32|configurable 30 -21 -6 -3|configuration 15 -13 -10 8
configure 3 -1 -4 2|confirmation 8 0 -8 -1|connection -4 7 0 -3|consider -25 -5 33 -2|consistent 9 -3 -7 1
console 3 -12 8 1|constants -24 -3 30 -3|constraints 25 -1 -23 -1|contact 25 -4 -15 -6|contains -7 14 -5 -2
contents 7 2 -1 -8|context -9 -6 18 -3|contradicts -2 -18 -1 20|contrast 6 8 -9 -5|contributing -17 -3 -4 25
contributor -7 -10 -1 18|control 28 -12 -11 -5|controllers 4 -3 1 -2|convert 30 -5 -15 -10|cookie -17 30 -6 -7
copied 10 9 -18 -1|copies -13 10 19 -16|copy 41 16 -8 -48|core -10 -7 18 -1|correct -4 5 2 -3|could -13 -9 24 -1
count -9 10 -18 17|coupon -5 13 -5 -3|coverage -8 -3 13 -2|covers -21 8 -2 15|cpu -16 19 -2 -1|crash -13 22 -4 -5
create 4 -9 19 -14|css -22 -4 27 -2|csv -5 22 -10 -6|currency 9 -5 -4 -1|cursor -7 9 -1 -1|custom 17 24 -41 1
customers -3 8 -3 -2|cut -9 26 -7 -10|dans -6 5 3 -1|dark 25 -19 -14 9|dashboard -2 11 -5 -5|data 14 23 -11 -26
database -27 20 9 -2|date 9 0 -18 8|day 40 4 -31 -13|de 15 -19 -9 13|dead -9 -37 -9 55|deadlock -7 21 -12 -2
debug -5 12 -2 -5|decouple -24 -3 29 -2|default 46 -28 -27 10|defined -2 5 -1 -2|definitions 20 -4 -14 -2
delete 13 4 -15 -3|demo 0 -1 -3 3|den -19 -15 38 -4|dependencies -7 -11 26 -8|dependency -2 7 0 -5
deploy -32 57 -6 -18|deployment -8 -3 -2 13|deprecated -13 -14 25 3|der -6 -19 5 21|describe -49 -34 -20 104
description -44 -28 -6 78|design -10 -4 15 -1|desktop -3 15 -7 -6|device 40 -19 -12 -9|diagram 34 -6 -1 -26
dialog 11 15 -11 -15|diff 9 -3 -4 -2|difference -7 -6 -7 20|different -23 42 -17 -1|differs -4 11 -4 -3
directory 3 11 -7 -7|disable 3 -19 18 -3|disappear -6 12 -1 -5|discount 7 6 -8 -4|disk 34 15 -42 -7
display 31 -4 -8 -19|do -13 -13 23 3|docker -7 3 -4 8|docs -49 -20 -18 87|docstrings -16 -21 -15 52
document -77 -40 -35 151|documentation -51 -20 -18 89|does -6 12 -12 6|doesn't -22 35 -34 21|don't -10 18 -12 5
done -11 14 -1 -2|double -14 26 -9 -4|down -26 12 -4 17|download 52 -22 -20 -9|drag 22 -12 -7 -3|dragging 49 -39 -3 -6
driver 5 -1 -2 -2|drives -5 9 -1 -3|drop -12 -9 36 -15|dropped 2 -2 -1 1|ds -3 -15 -1 19|duplicate 2 -6 8 -5
duplication -16 -1 18 -1|durations 3 2 -3 -2|during -14 -7 23 -3|each 25 -25 5 -5|edge -19 26 -2 -6|edit 7 13 -9 -11
editor 76 -15 -40 -22|el -9 11 0 -2|else -6 9 -2 -2|emoji 13 2 -7 -8|empty -3 0 1 2|enable -64 34 33 -3
encrypt 27 -17 -3 -7|end -15 44 0 -29|endpoint 7 -19 -11 23|engine -3 -4 8 -1|english -1 14 -7 -5|enter -3 5 -1 -1
entfernen -18 -13 32 -2|entries -9 17 -6 -2|entry -6 7 -4 2|enum -10 8 8 -5|env -5 0 -2 7|environment -5 17 -15 3
error 30 -70 34 6|escape -30 44 -12 -2|eslint -4 -2 8 -2|estimated -17 26 -5 -4|event -27 -15 49 -8
every -14 45 -11 -20|everybody -29 29 8 -9|everyone's -43 54 -4 -8|everything 26 -11 -6 -9|everywhere -23 -26 54 -5
example -58 -28 -16 101|excel 12 -5 -4 -3|exist -29 29 -9 10|exit -31 29 -21 23|expire 1 18 -14 -4
explain -29 -38 -17 84|export 12 39 -32 -19|expression 35 -4 -25 -7|extract 22 -16 -1 -5|factor 24 -14 -8 -1
fails 37 38 -56 -19|faq -25 -3 -2 30|far -5 11 -2 -4|faster 16 -5 -7 -3|feature -32 -20 56 -4|feed -31 53 -14 -8
fetch -13 20 18 -25|field -3 24 2 -23|file 28 -41 28 -15|filter 41 -20 -29 9|find 24 -22 -12 10|finished 9 -5 -2 -2
firefox -22 24 -1 -1|first -21 24 -12 10|five 2 -35 34 -1|fix -12 16 -20 15|flag 5 -17 30 -18|focus -22 25 -1 -2
fold 30 -4 -23 -3|folder -64 -14 85 -6|follow 14 -16 -4 6|font 30 -4 -10 -17|footer 4 15 -14 -6|for 70 -39 -23 -8
forever -25 36 -7 -4|forgets 13 -10 -2 -2|form 9 -35 7 19|format -56 -18 58 16|formatter 4 4 -5 -3
formatting -15 -11 5 22|formula 19 -7 -9 -4|found -13 2 9 2|framework -25 9 20 -4|freeze -5 6 -1 -1|french 22 5 -6 -21
from 16 8 29 -53|full 5 4 -6 -4|functions -25 6 -10 29|gallery 19 18 -2 -36|game 14 -7 -3 -3|gateway -2 -2 6 -1
gcc -6 8 -1 -1|generated -17 47 -11 -19|generic 27 -2 -20 -4|german -9 15 -9 3|get 14 30 12 -56|getting -29 29 -3 3
github 4 -8 1 3|gives -29 50 -11 -10|global -26 -9 38 -3|go 11 -11 11 -11|goes -33 59 -18 -8|going -10 15 -5 0
gone -27 31 -3 -1|grey -29 31 -1 -1|grid 6 2 -6 -3|group 27 17 -23 -21|guests 50 -26 -18 -6|guide -19 -14 22 11
had -6 9 -2 -2|half 14 13 -19 -8|hand -2 -2 8 -4|handlers -8 -5 15 -1|handling -24 -35 68 -8|hangs -8 13 -2 -4
happens -8 -5 7 7|hard -3 -12 8 7|hardware -18 -3 -3 24|has -5 24 -15 -4|have 16 -69 46 7|header 10 10 -9 -11
health 25 -18 -3 -4|helm 7 -5 -1 -1|help -44 78 -9 -25|helpers -8 -4 15 -3|here -4 1 4 -1|hidden -2 27 -6 -18
hide -6 37 -19 -12|high 5 5 -5 -5|highlight 22 -6 -12 -4|hints -8 -4 17 -5|home -3 4 4 -4|homebrew 13 -4 -6 -3
hooks 18 -20 -5 8|host -10 9 -9 9|hot -34 -2 37 -1|hotkey 25 -5 -4 -16|hour 4 12 -11 -5|hovering 19 -3 -2 -15
how 46 -35 -37 26|http -10 -10 21 -2|icon -13 19 6 -12|id -8 -4 15 -3|idle -11 16 -4 -2|ids 18 -21 5 -2|if 8 -4 -2 -3
ignore 13 9 -14 -8|image -16 23 2 -9|immutable -11 -1 13 -1|implement 20 -22 15 -13|import -21 -20 58 -17
importer 9 -11 5 -3|improve 74 -57 2 -20|improvement 23 -12 -10 -1|in 1 72 -24 -49|inconsistent -16 -39 64 -9
incorrect -7 51 -5 -38|index 45 -34 -15 4|information -19 -14 -9 43|injection -4 -1 7 -1|inline -9 -3 13 -2
input -2 14 -5 -8|inside 5 19 -10 -14|install -6 30 -15 -9|installation 13 -1 -28 16|instead 62 -79 31 -14
instructions -11 -7 -2 20|integration -15 -14 36 -7|interface -36 2 40 -6|internal -9 17 -4 -3|into -26 -15 21 20
introduce -69 -5 82 -7|invalid -24 33 -5 -3|invite -5 10 -1 -4|invoice -8 15 -5 -3|ios 20 -16 -2 -2
iphone -6 20 -1 -13|is -13 -32 27 17|isn't -69 55 -25 39|issue 3 6 -6 -3|it 23 4 -7 -19|it's -19 -5 -7 31
items -4 35 -17 -15|its -29 20 9 0|java -7 -3 6 4|job 16 22 -28 -10|jour -5 2 6 -2|jquery -3 0 5 -2|js -20 30 -9 -1
jsdoc -15 -1 -3 18|json 23 2 -18 -7|jump 15 3 -14 -4|keep 42 -26 3 -19|key 21 -9 -12 0|keyboard 19 5 -13 -11
know 16 -14 4 -5|la 15 -6 -13 3|labels 3 12 -20 4|lacks -10 -12 -3 25|land 51 20 -10 -61|language 20 13 -11 -22
large 5 -52 54 -7|larger 23 -8 -13 -3|last 15 31 -26 -19|latest -7 1 7 -2|layer -11 0 19 -8|layout -55 29 24 2
lazy 24 -15 -6 -3|le -45 25 26 -6|leak -2 3 0 -1|leaves 20 -13 -4 -3|left -14 20 -2 -4|legend -25 48 -12 -11
less 6 -16 15 -4|let 22 1 -13 -10|letter 25 -9 -8 -8|level 31 -11 -17 -4|lexer -5 14 -7 -2|library -25 -32 64 -7
license -54 -11 -13 78|light -5 15 -4 -6|like 30 -19 -8 -2|limit -14 -22 -19 55|line 13 11 -16 -8|link -18 10 -30 38
lint -10 1 12 -3|linter 30 8 -30 -7|linux 10 -20 -9 18|list 30 -22 -38 30|literals -16 -8 25 -2|load 15 -3 -2 -10
loader -28 -5 36 -2|local 0 -8 12 -4|lock -10 -15 31 -5|log 41 -20 -19 -2|logger 6 -5 2 -3|logging 0 5 -3 -2
logic -7 -2 10 -1|login 1 4 15 -20|logo -9 -12 -1 22|logout -1 2 0 -1|long 11 11 -4 -19|longer -5 0 -3 8
look 1 18 -11 -7|loop -21 -30 53 -2|loses -27 31 -4 -1|lost -4 7 -1 -2|low -6 17 -9 -2|machine 1 2 -1 -3
made -11 21 -9 0|magic -21 -6 29 -2|mail 5 29 -19 -15|main 5 -13 12 -4|make -1 19 -31 13|manual 5 -9 -4 8
many 35 -30 29 -34|map 7 9 -7 -9|march -15 29 -12 -3|markdown 18 -9 -5 -4|markers 12 -4 -5 -3|marks -3 11 8 -16
match 23 13 -33 -3|may -17 19 3 -4|md -8 -19 -2 29|me -10 35 -18 -8|mean -8 -11 -4 23|members 9 -2 -5 -3
memory 12 -1 -4 -7|mention -10 -31 -29 70|menu 8 -8 -9 9|merge 16 -7 1 -10|messages 37 -7 -18 -12|methods 41 -5 -27 -8
metrics 19 -6 -8 -5|middle 6 -4 -1 -1|middleware -4 -1 6 -1|migrate -35 -15 76 -26|migration 2 0 -10 8
minimum -2 -4 7 -1|minutes 7 5 -9 -3|misaligned -2 5 -2 -1|misplaced -12 14 -1 -1|missing 11 -52 -12 53
mode 24 3 -33 6|models -13 -14 30 -4|module -12 -7 20 -1|moment -3 1 3 -1|month 10 19 -18 -11|monthly 30 -8 -19 -3
more 33 -21 12 -23|mouse 8 2 -1 -9|move -12 -6 -6 24|mqtt -4 13 -6 -4|much -6 -12 22 -3|multi 20 -14 -4 -2
multiple -31 34 -2 -1|must -17 45 -17 -12|my -6 55 -18 -32|names -4 21 38 -56|narrow -2 3 -1 -1|ne -7 17 -8 -3
need 36 -89 31 23|negative -42 57 -9 -6|nested 6 19 -12 -12|network -27 29 2 -4|never -15 38 -14 -9|new 41 -21 -34 14
newsletter -5 8 -2 -2|next 53 -8 -24 -21|nicer 15 -4 -8 -2|nightly 15 22 -27 -9|nil -5 9 -2 -1|nimbus 2 5 -7 1
no 8 53 -57 -4|node -11 -1 10 1|not -10 -10 -8 27|nothing -20 50 -14 -16|notifications 18 3 -13 -8|npm -13 10 10 -7
null 0 -2 3 -2|numbers 2 39 -19 -23|object -12 -25 32 4|of -34 39 -22 17|off -28 68 -28 -12|offer 1 15 -11 -4
offline 43 -4 -8 -31|old -35 -53 16 72|older 11 -6 -3 -2|on -52 78 -67 41|onboarding 9 -9 -26 26|once -3 -3 5 1
one -52 -7 112 -53|only 87 -62 -32 6|open -25 88 -14 -48|option 25 -70 -50 95|or -23 -8 28 3|order -36 45 15 -24
orm -3 -1 4 -1|other 2 -14 19 -6|our -31 41 -2 -8|out -56 20 31 5|outdated -5 -18 19 4|output 19 -4 -13 -2
outside -28 34 -3 -3|over 7 -14 15 -8|overlaps -10 14 -1 -3|overview 32 -5 -3 -25|overwrites -8 12 -2 -2
own -20 7 18 -5|owner 17 -10 -4 -3|package -2 9 5 -11|page 36 49 -55 -30|pagination 5 -2 -2 -2|panel -34 40 -3 -3
panic -11 10 -6 7|par 4 1 -4 -1|parallel 10 -4 -4 -2|parameter 1 -17 -1 17|parser -3 64 -11 -50|parsing -52 7 50 -5
part 7 -19 0 12|pass -22 12 15 -4|passing 6 0 -5 -1|password 5 3 6 -14|paste 1 1 -1 -1|path -18 -9 28 -1
patterns 34 -4 -24 -6|pause 1 4 -3 -1|payloads 19 -5 -12 -2|payment -8 5 0 3|pdf 5 13 -10 -8|people 23 8 -23 -7
per 20 -20 18 -18|performance 5 0 -5 -1|permissions -13 -13 -2 28|person -22 28 -5 -1|phone 4 12 -11 -6
photos 9 -3 -3 -3|php -31 61 -22 -7|pick -2 9 -1 -6|picker 33 10 -39 -4|picture -2 15 -10 -4|pin -45 2 46 -3
pip -5 10 -3 -3|place -48 -7 60 -5|plan 31 -20 -6 -5|play 3 -1 -1 -1|player 15 -12 8 -11|please 1 -5 -16 20
plugin 13 -12 -12 11|plural -18 27 -6 -3|pods 4 0 -3 -1|points -27 47 -16 -3|policy -15 -7 -10 32|pool -21 15 9 -2
popup 4 4 -4 -3|por 19 -8 -7 -5|port 32 -15 -5 -11|portuguese 25 -5 -17 -3|position -21 29 -5 -3|possible -6 10 2 -6
posts -17 20 -2 -1|preferences -4 5 -1 -1|pressed -3 5 -1 -1|preview -15 41 -19 -7|price 9 14 -3 -20
print -52 62 7 -18|printer -17 25 1 -9|private -5 9 10 -14|probe -3 -2 -10 15|problem -19 36 -10 -7
process -4 -5 -3 11|product 31 1 0 -32|production -16 26 -8 -2|profile -48 57 -5 -3|program -5 7 -1 -1
progress 30 -1 -23 -6|project 23 17 -13 -26|promises -8 6 4 -2|proper -23 -2 26 -1|provide -3 -8 -18 28
proxy 8 -5 -26 24|public -26 -8 0 34|publish 10 5 -14 -1|pull -9 9 2 -2|push -12 29 -13 -4|puts -19 -23 44 -2
py -4 -4 7 1|python 13 -6 -1 -6|queries -30 -12 45 -3|query 35 -7 -26 -2|question -20 0 26 -6|queue -8 -2 -4 14
quick 18 -17 -15 14|quiet -1 13 -7 -5|raise 2 -1 0 -1|ran -3 4 0 -1|random 22 7 -21 -8|rate 39 5 -22 -22
rather 30 -5 -24 -1|raw 13 20 -28 -6|reached -14 -5 22 -3|react -50 10 9 31|read -14 70 -37 -19|reader 7 -2 6 -11
readme -38 5 -24 57|real -9 -12 23 -2|recipes 3 6 -32 23|reconnect -27 36 -6 -4|recording 0 2 -33 31|red -2 7 -4 -2
redis -13 -2 15 0|reduce -11 -5 19 -3|refactor -29 -4 35 -3|reference -6 -6 -5 16|refund 6 4 -4 -6
release -8 27 -12 -7|reload -3 19 -4 -11|remaining 2 -33 34 -2|remember 2 13 -11 -4|reminder 9 -5 -2 -2
remove -25 -31 60 -3|rename 33 -8 -3 -22|render -11 4 21 -14|renewal -3 7 -1 -3|reorder 54 -39 -5 -10
replace -63 3 74 -14|report 17 8 -17 -8|reporters -3 -33 35 1|repository -16 -2 -13 31|request -31 59 -22 -6
required 8 -14 -17 23|reset 49 -18 -4 -27|resize -11 19 -5 -2|resolved -11 7 -4 8|response -17 19 -2 0
restart 4 4 -5 -3|restore 16 -11 -7 2|restructure -3 -10 8 5|results -43 71 -16 -12|retry 45 -36 -9 0
return 0 20 -35 16|rid -34 38 26 -31|right 15 6 -17 -4|root -16 28 -17 5|rotate 19 -11 -4 -5|round 12 2 -9 -4
route 2 -13 14 -2|row 4 15 -10 -9|rule 20 4 -20 -5|run 15 -12 -12 10|safari -3 4 -1 -1|safe -14 -2 18 -2
same -54 47 17 -9|sample 63 -3 -3 -57|save -1 44 -28 -14|say -40 31 -9 17|scale -8 12 -6 2|scanner -4 2 0 2
scheduled 9 -1 -7 -2|scheduler -17 -20 44 -7|scoped -3 -2 -1 7|score -29 17 -3 15|screen 4 -24 32 -12
screenshots -7 -13 -7 28|scripts -18 -4 27 -5|scroll -26 70 -8 -35|se -9 27 -4 -14|search 23 43 -36 -29
second 47 19 -35 -31|section -22 -3 -4 29|security -49 22 -9 36|see 58 -30 -13 -15|segfault -1 2 -1 0|select 4 8 -5 -7
send -7 6 5 -4|sensor 29 -3 -21 -5|sent -8 14 -3 -3|separate -79 30 51 -2|server 2 27 -24 -5|service -21 -10 36 -5
session 10 -29 27 -8|set 6 -20 27 -13|settings 19 -2 -8 -9|setup -14 0 9 5|several -34 21 16 -3|shapes -18 5 15 -2
shared -37 32 38 -33|sheet 36 -8 -23 -5|shifts -2 7 -2 -2|shop -5 3 -2 4|short 34 -11 -14 -10|shortcuts 42 -19 -13 -10
should 21 -70 69 -20|shouldn't -9 -15 29 -5|show 39 47 -54 -32|shown -37 56 -5 -14|side 29 -26 -2 -1
sidebar 14 -9 -3 -2|sign 48 -4 -38 -6|simplify 0 -6 12 -6|since -9 19 -4 -5|single 8 -3 -5 -1|singleton -11 -10 24 -3
site -32 -5 -6 43|size -7 19 -12 0|skips 2 -1 -4 3|sleep 37 -26 -6 -4|slow -11 9 -4 6|small -11 21 -7 -3
smaller -14 19 -2 -3|so 25 -23 12 -14|some -45 16 23 6|somebody 29 -16 -10 -3|something -17 1 20 -4
sometimes -8 21 -7 -6|sort 19 -8 -12 1|sound -8 20 -5 -6|source 36 -1 -35 -1|spaces 2 6 -5 -3|spanish -11 -2 -1 14
speed 22 -14 -2 -7|spell 34 0 -7 -27|split 2 -17 18 -4|spread 38 -6 -30 -2|spring 6 -15 10 -2|sql -6 3 1 2
stack 1 5 -4 -3|staff -11 15 -2 -2|start -7 -6 -16 29|startup 2 23 -23 -3|state -39 -24 80 -18|status -4 12 -5 -3
stays -9 15 -5 -1|stdin 10 -3 -3 -4|step 11 -16 -19 23|sticky 13 1 -7 -6|still -27 27 30 -30|stops 3 22 -18 -7
storage -20 -2 23 -1|store 29 -20 -3 -7|strange -14 26 -4 -7|strict -20 21 1 -2|stricter 8 -1 -6 -1
strings -28 1 31 -3|structure 8 -10 8 -7|stuck -7 10 -2 -1|stutters -17 25 -2 -6|style -8 -9 42 -26
subscription 18 -13 -3 -2|subtitles -4 8 -3 -1|such -14 27 -5 -8|suggestions 15 3 -4 -14|suite -25 20 7 -3
sum 5 6 -8 -3|summary -5 23 -9 -9|support 89 -81 -23 14|svg 8 -6 -1 -1|switch -51 30 22 -1|symbol 3 -1 1 -3
sync -20 38 -13 -5|syntax 4 -12 -11 19|system 47 -16 -23 -8|tab 13 31 -21 -22|table 19 -64 40 5|tablet -2 5 -2 -2
tag 0 29 -24 -5|takes 18 19 -26 -12|tap 5 1 -4 -2|target 0 3 -2 -1|tasks -4 -26 3 27|team -7 7 2 -3|tell 10 -28 -16 34
temperature 11 -3 -5 -2|templates 64 -51 -7 -5|ten -9 16 -4 -3|terminal 4 -1 -5 2|ternaries 20 -7 -10 -3
tests -84 -23 136 -29|text 30 22 -19 -33|than 44 7 -47 -4|that 34 -70 -5 40|the 6 -4 -7 6|their -6 6 14 -14
theme 43 -2 -31 -10|there 10 -20 -10 20|they -10 28 -11 -7|things -28 -18 17 30|this 22 -14 -6 -1|thread 3 35 -34 -4
three -29 -12 47 -6|through 6 36 -25 -17|throw 25 -27 2 0|thumbnails -5 8 -2 -2|tide -16 0 -2 18|tidy -7 -3 12 -3
tiles 11 1 -12 -1|time 2 36 -30 -8|timer 46 -39 -3 -3|tips 11 -8 -2 -1|title -6 29 -10 -12|to 50 -39 17 -27
today -18 35 -15 -3|together 7 -16 14 -6|token 5 1 -2 -3|too 41 -39 19 -21|toolbar 7 -2 -3 -2|tools 3 -5 6 -4
tooltip -27 38 -5 -6|top 13 2 -8 -8|total -15 39 -14 -10|totp 13 -10 -2 -1|touch 31 -21 -7 -4|traces 5 0 -4 -1
track -3 13 -6 -4|trailing -9 15 -4 -2|transfers -3 5 -1 -1|translate -4 -2 -11 17|translation 49 -16 -21 -12
transport 9 -2 -6 -1|treats -15 29 -11 -3|tree 24 -13 3 -14|trip 26 -22 -4 -1|ts -13 -8 23 -2|turn -18 -4 34 -12
tutorial -27 -5 -10 41|twice 22 1 -14 -8|two -19 39 9 -29|type -15 45 -7 -23|typescript 17 -3 -14 0|typo 3 -10 -4 12
ui -11 -9 26 -6|umlauts -11 23 -5 -7|un -3 -4 12 -6|unable -8 11 -1 -2|undefined -8 14 -3 -3|under -11 -1 -2 14
undo 20 -8 -7 -5|unify -5 -10 18 -3|unit 0 -8 -1 9|unknown 14 25 -3 -36|unread 27 -15 -9 -4|until -4 14 -7 -3
unused 36 -8 -24 -4|up -51 20 42 -11|update -55 24 22 9|upgrade -11 1 12 -2|upload 46 15 -43 -17|url -6 -1 14 -7
usage -27 27 -12 12|use -50 -79 95 33|used 12 -12 -7 7|users -16 27 11 -22|utc 4 5 -6 -3|utils -18 -2 23 -3
ux 23 -8 -12 -3|validation 12 -9 2 -5|validators 24 -4 -18 -3|value -37 28 12 -3|vanish 26 -18 -1 -6
variables -11 -14 5 21|version -30 -5 20 15|very -4 13 -6 -2|video -23 24 -1 0|view 21 -8 12 -25|viewer 27 -2 -6 -19
visible 0 23 -4 -18|vite -5 -1 6 -1|vitest -10 -6 21 -5|want 8 -13 9 -3|warn 12 -3 0 -9|was -6 0 9 -2|watch 5 -1 -2 -2
watcher -6 6 3 -3|way 2 -31 49 -20|we -27 -49 72 4|weather 4 14 -11 -7|webhook 7 2 -7 -2|week 54 -29 -20 -5
weird -15 27 -7 -5|were 38 10 -24 -23|what -20 10 -9 19|wheel 23 -3 -9 -11|when 71 20 -63 -29|where 0 3 -12 9
which 18 -52 -8 42|while 8 10 -10 -8|who 43 -30 -3 -9|whole -6 29 -9 -14|why -44 19 23 2|widget -22 1 27 -6
width 16 -7 -6 -3|wiki -3 -2 -32 37|will -7 19 -8 -3|windows -7 -15 -29 51|with 31 77 -46 -62|without -13 44 -17 -15
wizard 8 3 8 -18|words -5 40 -29 -6|work -34 59 -29 4|worker 0 13 -4 -8|workspace 7 -2 -5 1|would 22 -9 -11 -2
wrappers -14 -2 17 -2|write -67 53 -33 47|written 19 -28 2 7|wrong -51 43 -60 69|xml 6 -6 7 -7|years -9 17 -7 -1
yesterday -6 10 -2 -2|you -14 28 -3 -11|zero -10 23 -11 -2|zip -1 3 -1 -1|zone -9 3 -3 10|zoom 31 -4 -7 -19
`;
