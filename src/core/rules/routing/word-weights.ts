/**
 * What each word of a title adds to feature, bug, refactor, docs, in hundredths and in this order. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const WORD_TABLE = `
ability 9 -3 -5 -1|able 25 -20 -4 -2|about -28 -29 0 57|accent -5 10 -3 -1|accept 16 30 -24 -22|access -7 -1 9 -1
account 31 -17 -8 -6|across 13 3 -15 -1|actions -2 -1 4 -1|activity 29 -14 -12 -3|add -46 -35 -15 96
address -19 3 18 -2|addresses 1 3 -2 -2|admin -11 15 -7 3|after 68 46 -48 -66|again 12 -9 -2 -1|ajouter -6 -2 6 2
aktualisieren -44 -9 52 1|al -22 6 20 -3|albums 23 -7 -5 -11|alignment -9 14 -2 -3|all -7 -36 41 2|allow 5 26 -30 -1
already -35 52 -8 -8|although -17 37 -14 -6|amounts -14 18 -1 -2|an 27 5 -41 10|and -3 43 -16 -24|android 21 -18 3 -6
animation 2 7 -3 -6|annotations 46 -30 -10 -6|another 3 6 -8 -1|answers 43 -17 -22 -3|any -17 39 -15 -7
anybody -23 29 -2 -4|api -6 -89 3 92|app 70 1 -3 -68|apple 23 -14 -5 -4|architecture -33 -5 -27 65
archive 3 35 -23 -15|are -38 -45 31 52|area 19 -13 -3 -3|aren't -8 31 -2 -21|argument 12 -5 -4 -3|arm 22 -13 -5 -4
array -2 0 -6 8|arrive -4 6 -1 -1|articles -26 11 18 -3|as 33 29 -32 -30|async 60 9 -57 -11|at 31 75 -61 -46
attachments 5 4 -5 -4|authors 24 -17 -7 0|auto 21 -14 -6 -2|autocomplete -18 35 -10 -7|automatic 5 -3 -1 -1
average 1 1 -2 -1|await -18 14 10 -6|away 1 -5 6 -3|axis 1 -11 -10 20|back 32 7 -30 -9|backend 18 -1 -15 -1
background 45 -20 -21 -4|backoff 19 -17 -1 -1|backup -25 12 -11 25|badge 17 -1 -18 2|balancer 3 4 -1 -6
banner 9 0 -3 -6|bar 1 35 -6 -30|base -42 -12 59 -5|be 27 23 -2 -48|before 7 29 -21 -15|behaviour -12 19 -3 -3
behind -37 12 19 7|being -1 2 0 -1|below 0 9 -4 -4|beside 28 -6 -20 -2|better 9 -16 9 -1|between 7 -1 -14 9
big -8 -1 9 0|bigger 25 -18 -3 -4|bills 6 -5 2 -2|blocks 33 -33 -26 26|board 13 4 -10 -7|body 22 -19 -2 -1
bookmarks 26 -19 -4 -4|booleans -7 18 -10 -1|bot -8 -1 16 -7|both -5 9 -1 -2|bound -4 11 -4 -3|box 18 -6 -3 -9
branch 19 -30 -1 13|breaks -24 -7 12 19|broken -30 31 -13 12|browsers -49 38 -9 19|buffer -27 15 15 -3
bug -20 34 -7 -8|build -10 8 13 -11|builder 58 -18 -40 0|bulk 13 -8 -3 -2|bump -9 -7 19 -3|but 6 -21 -9 24
button 4 51 -32 -23|by 47 -16 4 -36|cache -36 -30 31 35|calculation -7 11 -2 -3|calendar 43 -29 -7 -6|call -4 9 0 -5
callbacks 23 -15 -5 -3|can 19 77 -41 -55|can't 32 -28 11 -15|cancel 3 0 -2 -2|cannot 19 17 -4 -32|card -21 21 -9 9
cart 7 -6 0 -1|case -19 -16 35 0|cent -4 1 4 -1|certificates 13 20 -37 4|change -36 40 16 -20|changelog 33 -23 -2 -8
channel 14 -11 -4 1|chapter -11 7 -4 8|charged -8 11 -1 -2|chart 43 -21 -11 -11|check -16 31 9 -24
checkout -22 31 -2 -8|choice -22 10 -13 25|choose 18 -2 -11 -5|ci -7 -5 2 9|circular -7 -8 15 -1|clarify -10 -7 -6 24
class -18 8 13 -4|classes -24 -12 26 10|clean 20 4 -19 -5|cleanup -17 -3 23 -3|clear -32 0 -7 38|cli 3 -3 -5 6
click 14 17 -22 -9|client 25 -13 -10 -3|clock -29 -5 42 -8|clone -4 18 -12 -2|close 37 1 -28 -9|cluster 21 -3 -15 -3
code -37 -20 13 44|collapse 46 -9 -34 -3|color -13 21 -6 -2|colours -10 -2 21 -10|column 8 -7 -1 0|come 14 -5 -5 -4
comma -20 38 -4 -14|command -14 -44 25 33|comments 22 -15 -68 61|common -56 -12 37 31|company 22 -21 -1 -1
compare -25 48 -19 -4|compile -3 -16 -6 25|compiler -9 26 -13 -4|completion 11 0 -8 -3|components -21 -39 68 -9
config 13 -46 -1 33|configurable 30 -21 -6 -3|configuration 16 -14 -10 8|configure -11 14 -5 2|confirmation 7 0 -7 -1
connection -10 13 0 -3|consider -22 -9 32 -2|consistent 10 -3 -7 1|console 4 -12 8 1|constants -23 -4 30 -3
constraints 26 -1 -23 -1|contact 25 -5 -15 -6|contains -7 13 -4 -2|contents 7 2 -1 -8|context -9 -7 19 -3
contradicts -2 -17 -1 20|contrast 6 6 -8 -5|contributing -17 -4 -4 26|contributor -7 -9 -1 17|control 28 -12 -11 -5
controllers 4 -3 1 -2|convert 30 -5 -15 -9|cookie -17 30 -6 -7|copied 10 9 -17 -1|copies -13 10 20 -17
copy 41 16 -8 -48|core -10 -6 17 -1|correct -4 5 2 -3|could -13 -10 23 -1|count -7 9 -18 16|coupon -4 8 -3 -1
coverage -8 -3 13 -2|covers -20 7 -2 15|cpu -14 16 -1 -1|crash -11 19 -4 -4|create 5 -13 20 -12|css -21 -4 26 -1
csv -4 19 -9 -6|currency 9 -4 -4 -1|cursor -7 9 -1 -1|custom 22 13 -35 1|customers 1 5 -3 -2|cut -8 24 -6 -9
dans -6 4 3 -1|dark 24 -18 -14 8|dashboard -3 12 -5 -4|data 15 21 -10 -25|database -27 21 8 -2|date 1 8 -18 9
day 44 0 -31 -12|de 15 -19 -9 13|dead -8 -37 -9 55|deadlock -7 20 -12 -2|debug -6 13 -2 -4|decouple -25 -3 30 -2
default 47 -30 -26 9|defined -2 5 -1 -2|definitions 19 -4 -13 -2|delete -12 32 -16 -3|demo 0 -1 -2 3|den -19 -15 38 -3
dependencies -7 -10 25 -8|dependency -2 6 1 -5|deploy -31 55 -7 -17|deployment -7 -3 -2 12|deprecated -12 -20 29 3
der -7 -20 6 21|describe -50 -33 -19 102|description -44 -27 -6 77|design -10 -5 16 -1|desktop -3 15 -6 -5
device 41 -21 -11 -9|diagram 32 -7 -1 -24|dialog 9 15 -10 -14|diff 10 -4 -4 -2|difference -7 -7 -6 21
different -21 39 -17 -1|differs -4 10 -4 -3|directory 3 11 -7 -7|disable 3 -17 17 -3|disappear -6 11 -1 -5
discount 7 5 -8 -4|disk 48 0 -40 -7|display 30 -4 -8 -18|do -4 -26 27 3|docker -6 2 -4 9|docs -49 -21 -17 87
docstrings -17 -21 -15 54|document -74 -43 -34 151|documentation -51 -21 -18 90|does -20 32 -11 -1
doesn't -21 34 -34 21|don't -11 17 -11 5|done -4 7 -1 -2|double -13 25 -8 -4|down -26 19 -9 16|download 51 -21 -21 -9
drag 24 -14 -7 -3|dragging 46 -37 -3 -6|driver 5 0 -2 -2|drives -5 9 -1 -3|drop -11 -5 33 -17|dropped 2 -1 -1 1
ds -4 -15 -1 20|duplicate 2 -5 8 -5|duplication -16 -1 18 -1|durations 8 -3 -2 -2|during -13 -7 24 -3|each 24 -23 5 -5
edge -18 24 -1 -5|edit 5 14 -8 -11|editor 76 -18 -38 -21|el -9 11 0 -2|else -5 8 -2 -1|emoji 12 2 -7 -7|empty -4 0 2 1
enable -54 23 33 -3|encrypt 26 -16 -3 -7|end -16 45 0 -30|endpoint 6 -19 -11 23|engine -3 -4 8 -1|english -2 14 -7 -5
ensure 1 12 -5 -9|enter -3 5 -1 -1|entfernen -17 -13 32 -2|entries -9 17 -6 -2|entry -5 6 -3 3|enum -11 8 8 -5
env -5 0 -2 8|environment -5 16 -14 3|error 32 -79 39 8|escape -30 46 -12 -3|eslint -4 -2 8 -2|estimated -15 24 -5 -4
event -29 -10 49 -9|every -13 45 -11 -20|everybody -26 26 9 -8|everyone's -42 53 -4 -8|everything 26 -12 -5 -9
everywhere -23 -25 53 -5|example -58 -28 -15 101|excel 11 -4 -4 -3|exist -29 30 -9 8|exit -31 30 -21 23
expire 0 20 -16 -4|explain -29 -38 -16 83|export 11 35 -29 -18|expression 35 -4 -25 -7|extract 22 -16 -1 -5
factor 21 -12 -8 -1|fails 43 34 -58 -19|faq -25 -3 -2 30|far -5 11 -2 -4|faster 16 -5 -7 -3|feature -31 -21 56 -4
feed -19 42 -15 -8|fetch -13 19 18 -25|field -15 35 1 -20|file 25 -34 25 -15|filter 34 -15 -28 9|find 24 -24 -11 11
finished 9 -4 -3 -2|firefox -22 24 -1 -1|first -24 26 -12 10|five 3 -35 33 -1|fix -15 11 -16 20|flag 4 -17 30 -18
focus -22 25 -2 -2|fold 30 -4 -23 -3|folder -64 -14 84 -6|follow 14 -16 -4 6|font 35 -4 -14 -16|footer 4 16 -14 -6
for 67 -31 -28 -8|forever -24 34 -7 -4|forgets 14 -11 -2 -2|form 10 -36 7 19|format -48 -26 59 15|formatter 3 4 -5 -3
formatting -17 -10 5 22|formula 19 -7 -8 -4|found -12 1 9 2|framework -24 8 21 -4|free 6 -4 -1 -2|freeze -5 6 -1 -1
french 22 4 -6 -21|from 16 6 30 -52|full 5 7 -8 -4|functions -25 6 -9 28|gallery 17 19 -2 -34|game 15 -8 -3 -3
gateway -3 -2 6 -1|gcc -7 9 -1 -1|generated -22 52 -11 -19|generic 25 -2 -18 -4|german -9 13 -8 3|get 10 31 14 -56
getting -29 29 -3 3|github 4 -7 1 3|gives -28 50 -12 -10|global -26 -9 37 -3|go 11 -12 11 -10|goes -36 62 -18 -8
going -11 16 -5 0|gone -27 31 -3 -1|grey -22 25 -1 -1|grid 6 2 -5 -3|group 25 20 -23 -21|guests 48 -25 -18 -6
guide -23 -14 21 15|had -5 9 -2 -2|half 14 13 -19 -8|hand -2 -2 8 -4|handle -7 -52 67 -9|handlers -8 -6 15 -1
hangs -8 13 -2 -4|happens -7 -5 7 6|hard -3 -12 8 7|hardware -17 -4 -3 24|has -7 25 -14 -3|have 13 -65 45 7
header 4 16 -9 -12|headings -1 7 -3 -3|health 26 -20 -3 -4|helm 6 -5 -1 -1|help -36 68 -9 -22|helpers -8 -4 15 -3
here -3 0 4 -1|hidden -2 26 -6 -18|hide -5 36 -19 -11|high 8 1 -5 -5|highlight 24 -8 -12 -4|hints -10 -2 17 -5
hits -4 9 -1 -4|home -3 4 4 -5|homebrew 13 -5 -6 -3|hooks 19 -22 -5 7|host -20 23 -12 9|hot -34 -1 37 -1
hotkey 26 -5 -4 -16|hour 3 12 -11 -5|hovering 19 -3 -2 -14|how 44 -31 -37 25|html -19 31 -11 -1|http -10 -10 22 -2
icon -13 18 6 -11|id -8 -3 13 -3|idle -7 11 -3 -1|ids 18 -21 6 -2|if 8 -3 -2 -2|ignore 15 3 -11 -6|image -25 33 1 -9
immutable -11 -1 13 -1|implement 24 -31 18 -11|import -26 -13 57 -18|importer 9 -11 5 -3|improve 71 -53 1 -19
improvement 23 -13 -9 -1|in 4 74 -26 -52|inconsistent -14 -44 66 -8|incorrect -6 49 -5 -38|increase -10 16 -4 -2
index 42 -31 -15 4|information -18 -16 -9 43|injection -4 -1 7 -1|inline -9 -3 14 -2|input -1 13 -4 -7
inside 6 17 -10 -14|install -8 32 -15 -9|installation 11 0 -26 16|instead 60 -78 32 -14|instructions -11 -7 -2 20
integration -16 -13 36 -7|interface -37 0 43 -6|internal -10 19 -6 -3|into -25 -18 23 20|introduce -68 -6 81 -7
invalid -23 31 -5 -3|invite -6 11 -1 -4|invoice -4 11 -4 -3|ios 21 -17 -2 -2|iphone -5 19 -1 -13|is -16 -31 29 19
isn't -68 55 -24 37|issue 2 7 -6 -3|it 22 5 -7 -20|it's -14 -11 -7 31|items -2 32 -16 -14|its -30 21 9 0
java -7 -2 6 4|job 19 17 -27 -9|jour -5 1 6 -2|jquery -3 0 4 -2|js -17 26 -8 -1|jsdoc -14 -1 -3 18|json 36 -11 -18 -7
jump 16 2 -14 -4|keep 32 -16 3 -19|key 21 -10 -11 0|keyboard 18 5 -13 -10|know 16 -15 4 -5|la 15 -6 -12 4
labels 17 -2 -19 5|lacks -11 -11 -3 24|land 49 19 -9 -59|language 18 14 -11 -22|large 6 -51 52 -6|larger 22 -7 -12 -3
last 14 30 -25 -19|latest -6 1 7 -2|layer -11 0 19 -8|layout -54 28 23 2|lazy 23 -14 -5 -3|le -44 25 25 -6
leak -2 3 0 -1|leaves 19 -12 -4 -3|left -13 19 -2 -3|legend -29 53 -13 -11|less 5 -15 15 -4|let 24 -3 -11 -10
letter 17 -1 -8 -8|level 30 -10 -17 -3|lexer -5 14 -8 -2|library -23 -32 62 -7|license -52 -13 -12 77
light -5 16 -4 -6|like 37 -27 -7 -2|limit -20 -14 -18 52|line 7 19 -18 -8|link -22 14 -29 38|lint -10 2 11 -3
linter 29 7 -30 -6|linux 9 -18 -9 17|list 32 -26 -35 28|literals -15 -8 25 -2|load 13 -2 -2 -9|loader -28 -5 35 -2
local -12 6 10 -4|lock -8 -20 32 -5|log 39 -20 -18 -2|logger 6 -5 1 -3|logging -2 9 -5 -2|logic -7 -2 10 -1
login 3 2 15 -20|logo -9 -12 -1 22|logout -1 2 0 -1|long 5 15 0 -20|longer -5 1 -3 7|look 0 19 -11 -7
loop -20 -32 54 -2|loses -25 30 -4 0|lost -3 7 -1 -2|low -5 14 -8 -2|machine 1 2 -1 -3|made -11 20 -9 0
magic -21 -7 30 -2|mail 13 20 -18 -15|main 3 -11 11 -4|make 5 10 -27 12|manual 5 -9 -4 9|many 29 -21 27 -35
map 8 6 -5 -9|march -12 27 -13 -3|markdown 19 -10 -5 -4|markers 13 -4 -5 -3|marks 2 4 9 -14|match 23 12 -32 -3
maximum 3 7 -7 -2|may -18 19 3 -4|md -8 -19 -2 29|me -3 27 -17 -8|mean -7 -11 -4 22|members 18 -5 -10 -3
memory 13 -5 -2 -7|mention -9 -32 -27 69|menu 6 -6 -9 9|merge 16 -8 2 -10|messages 39 -10 -18 -12|methods 39 -5 -27 -8
metrics 18 -6 -7 -5|middle 5 -3 -1 -1|middleware -4 -1 6 -1|migrate -34 -14 73 -26|migration 3 -1 -10 8
minimum -2 -4 7 -1|minutes 8 3 -8 -3|misaligned -2 5 -2 -1|misplaced -13 15 -1 -1|missing -2 -31 -18 51
mode 38 3 -31 -10|models -13 -14 30 -4|module -12 -8 20 -1|moment -3 2 3 -1|month 12 15 -16 -10|monthly 29 -8 -18 -3
more 29 -20 13 -21|mouse 8 1 -1 -9|move -13 -6 -4 23|mqtt -4 13 -6 -3|much -6 -13 22 -3|multi 19 -13 -4 -2
multiple -30 33 -2 -1|must -11 37 -15 -11|my -5 52 -17 -30|names -14 33 35 -55|narrow -1 3 -1 -1|ne -7 17 -7 -3
need 31 -82 28 23|negative -52 72 -13 -7|nested 7 15 -11 -11|network -26 28 2 -4|never -15 37 -14 -8|new 50 -38 -28 16
newsletter -5 9 -2 -2|next 55 -10 -24 -21|nicer 15 -4 -8 -2|nightly 16 20 -27 -8|nil -4 7 -2 -1|nimbus 2 4 -6 1
no 5 56 -56 -4|node -18 10 7 1|not -4 -18 -5 27|nothing -18 49 -15 -16|notifications 16 5 -13 -8|npm -13 10 10 -7
null -1 4 1 -3|number 9 36 -22 -23|object -11 -28 33 5|of -29 32 -19 16|off -27 68 -28 -13|offer 1 14 -11 -4
offline 42 -5 -7 -31|old -35 -51 15 71|older 12 -7 -3 -2|on -51 72 -63 42|onboarding 8 -9 -24 26|once -5 -2 4 2
one -47 -12 112 -53|only 83 -61 -28 6|open -25 85 -13 -47|option 26 -71 -49 95|or -23 -7 29 2|order -42 51 15 -24
orm -2 -1 4 -1|other -1 -11 18 -7|our -31 40 -1 -8|out -46 10 31 5|outdated -5 -17 18 4|output 17 -3 -13 -2
outside -24 30 -3 -3|over 7 -15 15 -8|overlaps -10 14 -1 -3|overview 31 -5 -3 -23|overwrites -8 12 -2 -2
own -22 6 19 -3|owner 25 -19 -4 -3|package -3 9 5 -11|page 34 50 -54 -30|pagination 6 -2 -2 -2|panel -32 37 -3 -3
panic -10 10 -6 6|par 5 0 -4 -1|parallel 10 -5 -4 -2|parameter 1 -18 0 17|parser -3 64 -12 -49|parsing -50 3 52 -4
part 6 -17 -1 12|pass -24 11 17 -4|passing 6 -1 -5 0|password 4 4 6 -14|paste 2 0 -1 -1|path -15 -11 28 -1
patterns 32 -4 -22 -5|pause 1 3 -3 -1|payloads 17 -5 -10 -2|payment -9 6 0 3|pdf 5 13 -10 -8|people 23 6 -23 -7
per 19 -20 18 -17|performance 5 1 -5 -1|permissions -14 -14 -1 28|person -20 26 -5 -1|phone 3 14 -10 -6
photos 9 -4 -3 -3|php -31 60 -22 -7|pick -1 8 -1 -6|picker 34 8 -38 -4|picture -3 15 -9 -3|pin -43 1 45 -3
pip -5 10 -3 -3|place -47 -7 59 -5|plan 31 -20 -6 -5|play 3 -1 -1 -1|player 13 -11 9 -11|please 5 -10 -16 21
plugin 15 -9 -17 11|plural -18 27 -5 -3|pods 5 0 -3 -1|points -27 47 -16 -3|policy -14 -8 -9 31|pool -20 12 10 -2
popup 4 3 -4 -3|por 19 -8 -7 -4|port 30 -14 -5 -11|portuguese 25 -5 -17 -3|position -21 28 -5 -3|possible -8 11 2 -6
posts -18 20 -2 0|preferences -4 6 -1 -1|pressed -3 5 -1 -1|prevent 21 -1 -1 -19|preview -14 39 -19 -6
price 10 13 -3 -19|print -46 57 7 -18|printer -16 24 1 -9|private 14 7 10 -31|probe -3 -2 -10 15|problem -19 36 -10 -7
process -4 -5 -3 11|product 31 1 0 -31|production -14 23 -7 -2|profile -48 56 -5 -3|program -6 7 -1 0
progress 28 0 -22 -5|project 23 15 -13 -25|promises -8 6 4 -2|proper -24 -2 26 -1|provide -4 -8 -17 29
proxy 7 -6 -24 23|public -17 -23 3 37|publish 12 3 -14 -1|pull -9 9 2 -2|push -12 29 -13 -4|puts -17 -25 45 -2
py -4 -4 6 1|python 14 -7 -1 -6|queries -28 -12 44 -3|query 30 -2 -26 -2|question -17 -3 26 -5|queue 6 -13 -5 13
quick 21 -22 -14 16|quiet -1 13 -7 -5|raise 2 -1 0 -1|ran -2 3 0 -1|random 21 8 -21 -9|rate 39 4 -22 -21
rather 31 -6 -24 -1|raw 12 19 -26 -5|reached -15 -4 22 -3|react -47 8 9 31|read -12 67 -36 -19|reader 9 -4 6 -11
readme -38 3 -23 59|real -8 -14 24 -2|recipes 3 6 -31 23|reconnect -26 35 -5 -4|recording 0 2 -32 30|red -2 8 -5 -2
redis -14 -2 16 0|reduce -11 -5 19 -3|refactor -30 -3 37 -3|reference -2 -16 -4 22|refund 7 3 -4 -6
release -8 26 -11 -6|reload -3 18 -4 -11|remaining 2 -33 33 -2|remember 3 12 -10 -4|reminder 8 -5 -2 -2
remove -27 -33 63 -2|rename 32 -8 -2 -21|render -12 6 20 -14|renewal -2 6 -1 -3|reorder 54 -40 -5 -9
replace -61 -1 75 -13|report 24 4 -20 -8|reporters -3 -32 34 1|repository -16 -2 -12 30|request -30 58 -22 -6
required 9 -17 -16 24|reset 47 -14 -4 -28|resize -11 19 -6 -2|resolved -12 8 -4 8|respect -6 11 -3 -2
response -19 21 -1 -1|restart 5 3 -4 -3|restore 17 -11 -7 1|restructure -5 -9 8 5|results -40 67 -16 -12
retry 47 -37 -8 -1|return -14 29 -34 19|rid -33 36 27 -30|right 13 6 -15 -4|root -16 30 -19 5|rotate 19 -11 -4 -5
round 7 13 -15 -6|route 3 -14 13 -2|row 5 13 -9 -9|rule 24 -1 -18 -5|run 12 -10 -13 11|running 31 -29 -1 -1
safari -3 4 0 -1|safe -16 -2 19 -2|same -53 45 16 -8|sample 61 -4 -3 -55|save 1 40 -27 -14|say -38 29 -9 18
scale -8 12 -6 2|scanner -4 3 -1 2|scheduled 9 -1 -6 -2|scheduler -17 -20 44 -7|scoped -3 -2 -1 7|score -27 16 -3 15
screen 2 -19 30 -12|screenshots 14 -17 -8 11|scripts -18 -4 27 -5|scroll -29 73 -9 -35|se -9 26 -4 -14
search 13 52 -36 -29|second 41 22 -34 -28|section -22 -3 -4 30|security -47 21 -8 35|see 61 -31 -14 -15
segfault -1 2 0 0|select 3 9 -5 -6|send -7 5 6 -4|sensor 30 -5 -20 -5|sent -7 14 -3 -3|separate -77 28 51 -2
series -10 14 -3 -1|server 4 23 -22 -5|service -21 -11 37 -5|session 8 -28 27 -7|set 5 -19 28 -13|settings 18 -2 -8 -9
setup -14 -1 9 6|several -26 15 14 -3|shapes -20 6 17 -2|shared -35 25 41 -32|sheet 38 -13 -20 -5|shifts -2 6 -2 -2
shop -4 2 -2 4|short 34 -12 -14 -9|shortcuts 41 -21 -12 -9|should 16 -63 67 -20|shouldn't -10 -13 28 -5
show 43 40 -51 -33|shown -36 54 -5 -13|side 34 -31 -1 -1|sidebar 19 -13 -3 -3|sign 48 -6 -36 -6|signature -35 47 -9 -2
simplify 0 -6 12 -6|since -10 19 -5 -5|single 9 -4 -4 -1|singleton -11 -10 23 -2|site -30 -6 -6 42|size -5 17 -11 0
skips 7 -6 -4 3|sleep 37 -27 -6 -4|slow -11 9 -4 6|small -12 22 -7 -3|smaller -14 18 -1 -3|so 25 -24 12 -13
some -40 11 22 6|somebody 33 -21 -9 -3|something -18 1 21 -4|sometimes -7 16 -4 -4|sort 21 -9 -13 1|sound -10 21 -5 -6
source 33 0 -32 -1|spaces -4 14 -6 -5|spanish -10 -3 -1 14|speed 22 -13 -2 -7|spell 32 0 -7 -26|split 3 -17 17 -3
spread 38 -7 -30 -2|spring 6 -15 10 -1|sql -6 2 1 2|stack 2 4 -4 -2|staff -11 15 -2 -2|start -7 -7 -16 30
startup 2 23 -22 -3|state -40 -22 80 -18|status -4 12 -5 -3|stays -9 15 -5 -1|stdin 11 -4 -3 -4|step 10 -14 -19 24
sticky 13 1 -7 -6|still -26 23 29 -26|stop 8 19 -21 -7|storage -19 -3 23 -1|store 27 -21 0 -6|strange -14 25 -4 -7
stream 38 -19 -16 -4|strict -20 19 2 -2|stricter 7 -1 -5 -1|strings -29 0 33 -4|structure 9 -10 8 -6|stuck -8 11 -2 -1
stutters -17 25 -2 -6|style -8 -9 42 -25|submit -4 8 -2 -2|subscription 17 -12 -3 -2|subtitles -4 9 -3 -1
such -13 25 -5 -7|suggestions 14 4 -4 -14|suite -24 20 7 -3|sum 0 17 -13 -4|summary -3 21 -9 -9|support 92 -88 -20 16
sure -23 30 -6 -2|svg 7 -5 -1 -1|switch -49 28 21 0|symbol 2 -1 2 -3|symlinks -2 5 -2 -2|sync -20 37 -12 -5
syntax 4 -14 -10 19|system 50 -18 -23 -9|tab 12 29 -21 -21|table 18 -64 40 6|tablet -2 5 -2 -2|tags 1 27 -23 -5
takes 19 18 -26 -11|tap 5 1 -4 -2|target 1 2 -2 -1|tasks -2 -29 4 26|team -7 7 3 -3|tell 11 -28 -16 33
temperature 11 -4 -5 -2|templates 65 -54 -7 -4|ten -9 15 -4 -2|terminal 5 -2 -5 2|ternaries 21 -9 -9 -2
tests -84 -23 136 -29|text 17 36 -22 -31|than 44 4 -46 -2|that 32 -68 -5 41|the 1 2 -9 7|their -7 5 14 -12
theme 42 -2 -30 -10|there 9 -18 -10 19|they -11 29 -11 -7|things -22 -24 17 29|this 21 -18 -6 3|thread 10 23 -29 -4
three -28 -13 47 -6|through 4 35 -25 -15|throw 26 -28 2 0|thumbnails -3 7 -2 -2|tide -17 1 -2 18|tidy -7 -3 12 -3
tiles 10 1 -11 -1|time 5 33 -29 -8|timer 44 -38 -3 -3|tips 11 -8 -2 -1|title -6 27 -10 -12|to 50 -40 17 -26
today -16 32 -13 -2|together 8 -18 15 -6|token 6 -1 -1 -3|too 42 -39 19 -21|toolbar 7 -3 -3 -2|tools 3 -5 6 -4
tooltip -26 37 -5 -6|top 13 2 -8 -8|total -13 36 -13 -10|totp 11 -8 -2 -1|touch 29 -18 -7 -4|traces 5 0 -4 -1
track -4 14 -6 -4|trailing -20 39 -4 -14|transfers -3 5 -1 -1|translate -4 -3 -10 17|translation 51 -19 -20 -12
transport 8 -1 -6 -1|treats -15 29 -12 -3|tree 24 -12 3 -14|trip 27 -22 -4 -1|ts -13 -8 23 -1|turn -16 -7 34 -12
tutorial -26 -6 -10 42|twice 21 2 -15 -8|two -17 36 10 -28|type -8 41 -11 -23|typescript 16 -3 -14 0|typo 2 -11 -4 13
ui -8 -13 27 -6|umlauts -8 18 -5 -6|un -2 -4 12 -6|unable -9 12 -1 -2|undefined -8 15 -4 -3|under -10 -1 -2 13
undo 24 -13 -7 -4|unify -2 -12 17 -3|unit 3 -10 -1 9|unknown 14 23 -3 -34|unread 27 -15 -8 -4|until -4 13 -6 -3
unused 36 -8 -24 -5|up -51 20 42 -11|update -56 25 22 10|upgrade -11 -2 14 -1|uploads 48 11 -42 -16|url -7 0 14 -7
usage -16 11 -10 14|use -49 -66 85 31|used 11 -12 -7 7|users -20 27 13 -20|utc 1 15 -13 -3|utils -18 -2 24 -3
ux 23 -8 -11 -3|validation 12 -9 2 -5|validators 24 -4 -18 -3|value -34 21 12 1|vanish 24 -17 -1 -6
variables -11 -17 8 20|version -31 -7 22 15|very -4 12 -6 -2|video -24 25 -1 0|view 27 -15 13 -25|viewer 27 -3 -6 -18
visible 1 21 -4 -18|vite -5 -1 6 -1|vitest -10 -6 21 -5|wait -5 9 -2 -3|want 9 -15 9 -3|warn 13 -4 0 -9|was -6 -2 9 -1
watch 5 -2 -2 -1|watcher -5 6 3 -3|way 1 -31 50 -20|we -28 -46 69 4|weather 5 12 -10 -7|webhook 9 -1 -7 -2
week 52 -27 -20 -5|weird -15 26 -7 -5|welcome -7 11 -1 -4|were 37 12 -25 -24|what -18 7 -9 20|wheel 23 -4 -9 -11
when 72 17 -61 -28|where 4 -1 -11 8|which 19 -53 -8 42|while 12 9 -14 -8|who 44 -30 -5 -10|whole -5 27 -9 -13
why -42 17 23 2|widget -24 1 29 -6|width 17 -8 -6 -3|wiki -3 -2 -32 36|will -7 18 -8 -3|windows -4 -16 -29 50
with 32 75 -47 -61|without -14 44 -16 -15|wizard 7 3 8 -18|words -1 26 -19 -6|work -32 55 -29 6|worker -3 16 -4 -8
workspace 7 -3 -5 1|would 22 -9 -11 -2|wrappers -13 -2 16 -1|write -66 50 -31 48|written 18 -28 2 8
wrong -48 37 -57 68|xml 7 -6 6 -7|years -10 18 -7 -1|yesterday -7 12 -3 -2|you -14 28 -3 -11|zero -11 25 -12 -2
zip -1 4 -1 -1|zone -7 1 -3 10|zoom 30 -4 -7 -18
`;
