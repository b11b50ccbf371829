/**
 * What each word of a title adds to feature, bug, refactor, docs, in hundredths and in this order. Learnt by
 * `npm run train:router`; a change by hand is found by the test that trains again.
 */
export const WORD_TABLE = `
able 22 -16 -4 -2|about -39 -22 3 59|accent -6 10 -4 -1|accept 33 2 -25 -10|access -8 -1 11 -2|account 32 -18 -9 -6
across 14 4 -16 -2|actions -2 -1 4 -1|activity 31 -14 -14 -3|add -41 -48 -8 96|address -20 6 16 -2|addresses 1 3 -2 -2
admin -13 15 -6 4|after 74 44 -51 -67|again 9 -6 -2 -1|ajouter -7 -2 6 2|aktualisieren -46 -9 54 1|al -24 6 21 -4
albums 26 -9 -6 -11|alignment -8 13 -2 -3|all -6 -34 42 -1|allow 33 -5 -24 -4|already -35 53 -10 -8
although -15 35 -14 -6|amounts -5 3 3 -1|an 23 8 -44 12|and 7 17 -1 -23|android 23 -18 1 -6|animation 1 8 -3 -6
annotations 49 -31 -11 -7|another 4 5 -8 -1|answers 43 -18 -22 -4|any -17 39 -15 -7|anybody -24 31 -2 -4
api -6 -88 4 90|app 72 1 -2 -71|apple 22 -13 -5 -4|architecture -34 -5 -28 68|archive 3 36 -24 -16|are -40 -43 31 52
area 19 -14 -2 -3|aren't -8 31 -3 -21|argument 12 -5 -4 -3|arm 23 -13 -5 -4|array -4 2 -6 8|arrive -4 7 -1 -1
articles -7 -11 19 -2|as 44 9 -32 -22|async 65 14 -66 -13|at 31 85 -70 -46|attachments 4 6 -6 -5|authors 20 -18 -1 0
auto 20 -13 -6 -2|autocomplete -18 35 -10 -7|automatic 5 -3 -1 -1|average 1 1 -2 -1|await -10 -5 17 -2|away 0 -3 6 -3
axis 2 -11 -11 20|back 31 6 -28 -9|backend 17 2 -16 -2|background 48 -21 -23 -4|backoff 20 -18 -1 -1
backup -23 8 -11 26|badge 17 -2 -18 4|balancer 0 5 -1 -5|banner 10 0 -4 -6|bar -2 41 -8 -31|base -44 -11 61 -6
be 22 32 -3 -50|before 4 34 -22 -16|behaviour -13 19 -3 -3|behind -38 13 18 7|being -1 2 0 -1|below -1 10 -5 -4
beside 27 -5 -19 -2|better 10 -18 10 -2|between -6 7 -11 10|big -3 4 -1 0|bigger 28 -22 -3 -4|bills 5 -8 5 -3
blocks 32 -25 -34 27|board 14 4 -10 -8|bookmarks 27 -19 -4 -4|booleans -2 -2 4 -1|bot -10 0 17 -7|both -6 10 -2 -2
box 15 -3 -3 -9|branch 21 -36 -1 16|breaks -23 -8 12 19|broken -33 35 -14 12|browsers -50 38 -9 20|bug -18 29 -5 -7
build -10 8 15 -13|builder 60 -19 -41 0|bulk 12 -6 -3 -2|bump -9 -7 19 -3|but 6 -22 -9 25|button 3 53 -33 -23
by 50 -8 -5 -37|cache -37 -33 33 37|calendar 26 -13 -7 -6|call -8 18 -5 -6|callbacks 28 -18 -7 -3|can 21 75 -39 -57
can't 48 -46 13 -15|cancel 5 -1 -2 -2|cannot 15 20 -4 -32|card -21 19 -9 11|cart 7 -5 0 -1|case -23 -9 32 0
cent -3 1 3 -1|certificates 16 20 -39 3|change -36 40 17 -21|changelog 32 -23 -2 -7|channels 3 -2 -3 3
chapter -13 9 -4 9|charged -8 12 -1 -2|chart 27 -5 -11 -11|check -24 35 11 -22|checkout -7 13 1 -7
choice -22 10 -13 26|choose 15 1 -11 -5|ci -6 -6 3 9|circular -6 -7 13 -1|clarify -12 -7 -7 25|class -17 8 13 -4
classes -24 -12 25 11|clean 17 3 -16 -5|cleanup -19 -3 25 -3|clear -23 -12 -5 41|cli -1 -2 -4 7|click 11 19 -21 -9
client 36 -23 -10 -2|clock -31 -4 43 -8|clone -7 22 -13 -2|close 35 2 -28 -9|cluster 21 -4 -15 -3|code -39 -12 7 43
collapse 44 -8 -33 -3|color -15 25 -8 -2|colours -9 -2 21 -10|column 8 -5 -1 -2|come 16 -8 -5 -4|comma -9 15 -4 -1
command -14 -45 23 36|comments 11 1 -70 59|common -58 -11 37 32|company 24 -22 -1 -1|compare -29 55 -22 -4
compile -3 -16 -6 26|compiler -10 29 -14 -4|completion 10 1 -8 -3|components -20 -39 68 -9|config 15 -50 2 32
configurable 32 -23 -6 -3|configuration 16 -14 -11 9|confirmation 9 1 -9 -1|connection -3 7 -1 -3
consider -26 -5 33 -2|consistent 9 -3 -6 1|console 3 -11 8 1|constants -24 -3 31 -3|constraints 26 -1 -23 -1
contact 25 -4 -14 -7|contains -7 15 -5 -2|contents 8 2 -1 -9|context -9 -6 19 -3|contradicts -2 -21 -1 23
contrast 6 9 -10 -5|contributing -18 -4 -5 26|contributor -7 -10 -1 18|control 28 -13 -10 -5|controllers 4 -3 1 -2
convert 31 -4 -17 -10|cookie -17 31 -7 -7|copied 8 11 -17 -2|copies -13 10 19 -16|copy 42 16 -8 -50|core -9 -4 13 0
correct -4 5 2 -3|could -13 -9 24 -1|count -9 10 -18 18|coupon -5 13 -5 -3|coverage -8 -3 13 -2|covers -20 7 -2 15
cpu -17 20 -2 -1|crash -12 20 -4 -4|create 4 -10 20 -14|css -22 -4 27 -2|csv -6 22 -11 -6|currency 10 -5 -4 -1
cursor -8 10 -1 -1|custom 16 24 -42 1|customers -3 9 -3 -2|cut -11 26 -5 -10|dans -6 5 3 -1|dark 28 -28 -12 13
dashboard 0 10 -6 -5|data 15 22 -10 -27|database -29 19 13 -3|date 3 2 -14 9|day 41 4 -32 -13|de 16 -19 -10 13
dead -8 -37 -10 55|deadlock -7 21 -13 -2|debug -5 12 -2 -5|decouple -23 -3 29 -2|default 45 -29 -26 11
defined -3 5 -1 -1|definitions 19 -4 -13 -2|delete 14 4 -15 -3|den -20 -15 39 -4|dependencies -7 -10 25 -8
dependency -2 7 0 -5|deploy -32 58 -6 -19|deployment -8 -3 -2 12|deprecated -14 -14 26 3|der -6 -20 5 20
describe -50 -35 -20 105|description -44 -29 -6 79|design -12 -4 17 -1|desktop -3 16 -7 -6|device 40 -20 -12 -9
diagram 34 -7 -1 -26|dialog 12 15 -13 -15|diff 9 -3 -4 -2|difference -7 -6 -7 20|different -23 43 -18 -2
differs -4 11 -4 -3|directory 3 12 -8 -7|disable 3 -19 19 -2|disappear -6 11 -1 -4|discount 7 6 -9 -5
disk 33 16 -43 -7|display 33 -6 -8 -19|do -12 -13 24 2|docker -7 3 -5 8|docs -50 -20 -18 88|docstrings -16 -22 -16 54
document -76 -41 -35 153|documentation -51 -19 -18 88|does -8 10 -11 10|doesn't -23 35 -34 22|don't -11 18 -12 5
done -11 15 -1 -2|double -13 25 -8 -3|down -25 12 -4 17|download 52 -23 -20 -9|drag 23 -13 -7 -3|dragging 49 -39 -3 -6
driver 5 -1 -2 -2|drives -5 9 -1 -3|drop -11 -12 39 -16|dropped 2 -2 -1 1|ds -3 -15 -1 20|duplicate 1 -5 8 -5
durations 5 0 -3 -2|during -13 -8 23 -3|each 24 -24 5 -5|edge -19 26 -1 -6|edit 8 12 -9 -11|editor 79 -16 -41 -22
el -10 12 0 -2|else -6 9 -2 -2|emoji 13 2 -7 -8|empty -2 -1 0 3|enable -65 35 34 -3|encrypt 29 -18 -3 -8
end -16 45 0 -29|endpoint 8 -19 -12 24|engine -3 -4 8 -1|english 0 13 -8 -5|enter -3 5 -1 -1|entfernen -18 -13 32 -2
entries -10 18 -6 -2|entry -7 8 -4 2|enum -11 7 8 -5|env -5 0 -2 7|environment -5 15 -16 6|error 29 -70 35 6
escape -30 45 -13 -2|eslint -4 -2 8 -2|estimated -19 27 -5 -4|event -27 -14 50 -9|every -14 46 -11 -21
everybody -27 28 9 -9|everyone's -43 54 -4 -8|everything 25 -11 -5 -9|everywhere -22 -27 54 -5|example -58 -29 -16 102
excel 11 -5 -3 -2|exist -30 29 -9 10|exit -32 30 -22 24|expire 1 18 -14 -4|explain -30 -39 -17 86|export 21 29 -37 -13
expression 35 -3 -25 -7|extract 23 -16 -3 -5|factor 24 -14 -9 -1|fails 42 37 -59 -20|faq -26 -3 -2 31|far -5 11 -2 -4
faster 16 -5 -8 -4|feature -34 -21 59 -4|feed -32 54 -14 -8|fetch -13 19 19 -25|field -2 23 3 -24|file 32 -42 22 -13
filter 21 -7 -25 11|find 40 -42 -10 11|finished 8 -4 -2 -3|firefox -22 24 -1 -1|first -23 25 -12 11|five 2 -36 35 -1
fix -19 24 -20 15|flag 3 -20 32 -15|focus -22 25 -1 -2|fold 31 -4 -24 -3|folder -66 -14 86 -7|follow 13 -17 -4 7
font 30 -4 -9 -18|footer 4 16 -14 -6|for 73 -46 -22 -5|forever -26 38 -7 -4|forgets 14 -10 -2 -2|form 9 -36 7 20
format -13 -32 21 23|formatter 3 4 -4 -3|formatting -15 -12 5 22|formula 20 -7 -9 -4|found 1 3 -6 2
framework -25 8 21 -4|freeze -5 6 -1 -1|french 23 6 -6 -22|from 16 7 31 -54|full 5 4 -6 -4|functions -26 6 -8 28
gallery 20 19 -2 -36|game 14 -8 -3 -4|gateway -3 -2 6 -1|gcc -7 9 -1 -1|generated -17 48 -12 -19|generic 29 -2 -21 -5
german -9 15 -9 3|get 17 30 11 -58|getting -29 30 -4 3|github 4 -8 0 3|gives -30 52 -12 -10|global -28 -9 40 -3
go 9 -10 12 -11|goes -35 61 -18 -8|going -11 16 -5 0|gone -28 32 -3 -1|grey -30 33 -1 -1|grid 7 2 -6 -3
group 28 18 -24 -22|guests 51 -27 -19 -6|guide -20 -14 23 11|had -6 10 -2 -2|half 15 13 -20 -8|hand -3 -2 9 -4
handlers -8 -6 15 -1|handling -10 -37 55 -8|hangs -8 14 -2 -4|happens -9 -5 7 7|hard -4 -13 9 8|hardware -18 -3 -4 24
has -6 26 -14 -6|have 16 -71 47 8|header 7 11 -7 -11|health 26 -18 -3 -4|helm 7 -5 -1 -1|help -45 80 -9 -26
helpers -8 -5 15 -3|here -4 1 4 -1|hidden -2 28 -6 -19|hide -6 39 -20 -13|high 5 6 -5 -5|highlight 22 -6 -11 -4
hints -7 -5 17 -5|home -3 3 4 -4|homebrew 14 -4 -6 -3|hooks 18 -21 -5 8|host -11 10 -8 9|hot -36 -1 38 -1
hotkey 25 -5 -4 -16|hour 4 12 -11 -5|hovering 20 -3 -2 -15|how 47 -35 -37 25|http -10 -10 22 -2|icon -13 19 6 -12
id -8 -5 15 -3|idle -11 16 -4 -2|ids 19 -21 4 -2|if 8 -4 -2 -2|ignore 13 10 -14 -8|image -15 22 2 -10
immutable -11 -1 13 -1|implement 16 -18 15 -13|import -18 -22 58 -17|importer 8 -12 7 -3|improve 65 -45 1 -21
improvement 23 -12 -9 -2|in -1 71 -20 -49|inconsistent -17 -38 64 -9|index 45 -35 -15 4|information -25 -13 -6 44
injection -4 -1 7 -1|inline -9 -3 13 -2|input -2 14 -4 -8|inside 6 18 -11 -14|install -7 31 -15 -9
installation 14 -2 -29 17|instead 66 -81 30 -15|instructions -11 -8 -2 21|integration -15 -15 37 -7
interface -35 2 39 -6|internal -9 16 -4 -3|into -25 -15 20 20|introduce -70 -5 83 -8|invalid -25 34 -5 -4
invite -5 10 -1 -3|invoice -8 16 -5 -3|ios 19 -16 -1 -2|iphone -6 20 -1 -14|is -13 -29 30 11|isn't -72 55 -25 42
issues 2 6 -5 -3|it 22 3 -7 -19|it's -20 -5 -7 32|items -3 36 -17 -16|its -29 21 9 0|java -7 -3 7 3|job 15 23 -28 -11
jour -5 2 6 -2|jquery -3 0 5 -2|js -19 30 -11 -1|jsdoc -15 -1 -3 19|json 16 3 -12 -7|jump 13 4 -13 -4
keep 41 -26 3 -19|key 21 -11 -10 0|keyboard 20 3 -13 -11|know 17 -15 3 -5|la 16 -6 -13 3|labels 2 14 -18 3
lacks -10 -13 -3 26|land 53 20 -10 -63|language 20 13 -10 -23|large 5 -54 55 -7|larger 23 -8 -12 -3|last 14 32 -26 -19
latest -7 1 8 -2|layer -9 -1 18 -8|layout -57 32 24 2|lazy 25 -16 -6 -3|le -46 26 26 -6|leak -2 4 -1 -1
leaves 20 -13 -4 -3|left -15 21 -3 -4|legend -26 50 -13 -11|less 4 -17 17 -5|let 32 1 -23 -10|letter 25 -9 -8 -8
level 31 -11 -17 -3|lexer -5 14 -8 -2|library -25 -33 65 -7|license -55 -10 -13 78|light -7 17 -4 -6|like 31 -20 -9 -2
limit -13 -23 -19 55|line 10 11 -13 -8|link -18 10 -30 38|lint -10 1 12 -3|linter 30 7 -31 -6|linux 10 -21 -9 20
list 31 -15 -35 19|literals -17 -8 27 -2|load 15 -5 0 -10|loader -31 -5 38 -2|local 1 -8 12 -4|lock -11 -16 31 -5
log 43 -21 -20 -3|logger 7 -5 1 -3|logging 2 4 -3 -2|logic -7 -2 10 -1|login 2 3 16 -21|logo -9 -12 -1 22
logout -1 2 0 -1|long 11 11 -2 -20|longer -6 1 -3 8|look 1 19 -12 -8|loop -21 -30 53 -2|loses -27 32 -4 0
lost -4 7 -1 -2|machine 1 3 -1 -3|made -12 21 -9 0|magic -22 -7 30 -2|mail 6 29 -19 -15|main 6 -13 11 -4
make 2 17 -32 14|manual 5 -9 -4 8|many 45 -30 19 -34|map 8 8 -7 -10|march -14 29 -12 -3|markdown 19 -9 -5 -4
markers 13 -4 -5 -3|marks -4 12 9 -16|match 24 13 -34 -3|may -19 19 4 -4|md -8 -19 -1 29|me -12 37 -18 -8
mean -8 -11 -4 23|members 9 -1 -5 -3|memory 12 0 -4 -8|mention -11 -32 -29 73|menu 8 -8 -10 10|merge 16 -7 1 -10
messages 39 -8 -18 -13|methods 42 -6 -28 -9|metrics 19 -6 -8 -5|middle 7 -5 -1 -1|middleware -4 -1 6 -1
migrate -35 -15 77 -26|migration 1 1 -9 8|minimum -2 -4 7 -1|minutes 7 5 -9 -3|misaligned -2 5 -2 -1
misplaced -12 14 -1 -1|missing 10 -51 -13 54|mode 25 3 -33 6|models -13 -15 31 -4|module -12 -5 18 -1|moment -3 1 3 -1
month 11 19 -18 -11|monthly 30 -8 -19 -3|more 48 -18 -9 -21|mouse 8 2 -1 -9|move -11 -6 -7 25|mqtt -4 13 -6 -3
much -6 -13 22 -3|multi 22 -15 -4 -2|multiple -31 34 -2 -1|must -16 45 -17 -12|my -4 55 -18 -32|names -4 23 38 -57
narrow -1 3 -1 -1|ne -7 18 -8 -3|need 33 -90 33 23|negative -42 57 -8 -6|nested 6 19 -13 -12|network -27 30 2 -4
never -15 38 -14 -9|new 50 -22 -45 17|newsletter -5 9 -2 -2|next 53 -9 -23 -21|nicer 15 -4 -8 -2|nightly 13 23 -26 -10
nil -6 9 -2 -1|nimbus 1 5 -7 1|no 18 39 -54 -2|node -13 0 12 1|not -10 -2 -7 19|nothing -21 50 -15 -15
notifications 0 13 -9 -4|npm -13 10 10 -7|null 1 -2 3 -2|numbers 3 40 -20 -23|object -12 -26 32 5|of -43 44 -19 18
off -29 70 -28 -12|offer 1 15 -12 -4|offline 44 -4 -8 -32|old -37 -54 19 73|older 11 -5 -4 -2|on -53 76 -66 43
onboarding 10 -9 -28 26|once -4 -5 7 2|one -50 -8 111 -53|only 88 -64 -31 7|open -27 91 -14 -50|option 33 -68 -48 83
or -23 -9 28 3|order -33 43 15 -25|orm -3 -1 4 -1|other 4 -17 19 -6|our -32 42 -2 -8|out -56 19 32 6
outdated -5 -17 19 3|output 19 0 -12 -7|outside -28 34 -3 -3|over 7 -16 17 -8|overlaps -10 14 -2 -3
overview 34 -5 -3 -25|overwrites -7 12 -2 -2|own -20 6 20 -6|owner 16 -9 -4 -3|package -1 9 3 -12|page 35 50 -55 -29
pagination 6 -2 -2 -2|panel -34 41 -3 -3|panic -11 8 -7 9|par 5 0 -4 -1|parallel 10 -4 -4 -2|parameter 0 -19 0 18
parser -3 66 -11 -52|parsing -52 7 50 -5|part 7 -21 0 13|pass -23 12 16 -4|passing 6 0 -6 -1|password 5 3 5 -14
paste 1 2 -1 -1|path -20 -9 30 -2|patterns 36 -4 -26 -6|pause 0 4 -3 -1|payloads 20 -5 -14 -2|payment -9 5 0 4
pdf 4 14 -10 -8|people 21 9 -24 -6|per 16 -20 20 -16|performance 6 0 -5 -1|permissions -14 -13 -2 29
person -22 29 -5 -1|phone 5 13 -11 -6|photos 9 -3 -3 -3|php -32 63 -24 -8|pick -2 9 -1 -6|picker 33 10 -39 -4
picture -1 16 -10 -5|pin -47 2 48 -3|pip -5 11 -3 -3|place -51 -7 64 -6|plan 31 -20 -6 -5|play 3 -1 -1 -1
player 17 -12 7 -12|please 2 -5 -17 20|plugin 11 -14 -10 13|plural -20 30 -6 -4|pods 5 0 -4 -1|points -27 47 -16 -3
policy -16 -7 -10 33|pool -22 16 9 -3|popup 3 5 -5 -3|por 20 -8 -7 -5|port 34 -16 -6 -12|portuguese 25 -5 -17 -3
position -22 30 -5 -3|possible 6 12 -13 -6|posts -17 19 -2 0|preferences -4 5 -1 -1|pressed -3 5 -1 -1
preview -15 43 -20 -7|price 8 16 -3 -20|print -56 63 10 -17|printer -17 26 1 -9|private -4 9 9 -14|probe -3 -2 -10 15
problem -20 36 -10 -7|process -4 -5 -3 12|product 32 1 -1 -33|production -16 26 -8 -2|profile -47 56 -6 -4
progress 31 -1 -24 -6|project 22 18 -13 -27|promises -9 6 4 -2|proper -27 1 26 -1|provide -1 -8 -19 28
proxy 8 -5 -28 25|public -27 -8 1 33|publish 11 4 -14 -1|pull -8 9 2 -2|push -11 29 -14 -4|puts -18 -23 43 -2
py -4 -4 7 1|python 13 -6 -1 -6|queries -30 -12 45 -3|query 36 -8 -25 -2|question -21 -1 27 -6|queue -9 -2 -4 14
quick 18 -17 -15 14|quiet -1 14 -7 -5|raise 2 -1 0 -1|ran -3 4 0 -1|random 23 7 -22 -9|rate 40 4 -21 -23
rather 31 -5 -24 -1|raw 12 20 -27 -6|reached -16 -4 23 -3|react -51 9 9 33|read -15 72 -38 -20|reader 8 -3 5 -10
readme -40 8 -23 56|real -9 -13 24 -2|recipes 3 7 -34 24|reconnect -28 37 -6 -4|recording 0 2 -34 32|red -2 7 -4 -2
redis -14 -2 16 0|reduce -11 -5 19 -3|refactor -13 -4 19 -3|reference -6 -6 -5 17|refund 6 3 -4 -6
release -8 26 -12 -6|reload -3 19 -4 -11|remaining 1 -34 35 -2|remember 3 13 -12 -5|reminder 9 -5 -2 -2
remove -25 -31 60 -4|rename 33 -9 -2 -22|render -12 2 23 -13|renewal -2 6 -1 -3|reorder 54 -39 -6 -10
replace -66 2 77 -14|report 16 8 -17 -8|reporters -3 -33 36 1|repository -16 -2 -13 31|request -31 59 -22 -6
required 8 -14 -18 24|reset 50 -18 -4 -28|resize -12 19 -5 -2|resolved -11 7 -4 8|response -18 19 0 0
restart 5 3 -5 -3|restore 16 -11 -7 1|restructure -1 -11 6 6|results -31 53 -11 -10|retry 45 -36 -9 0
return 0 20 -36 17|rid -33 39 26 -32|right 15 6 -17 -4|root -17 28 -17 5|rotate 20 -11 -4 -5|round 12 1 -9 -5
route 0 -14 17 -3|row 4 15 -10 -10|rule 20 4 -18 -5|run 16 -14 -12 10|safari -3 4 -1 -1|safe -14 -2 18 -2
same -56 47 19 -9|sample 64 -3 -3 -58|save -1 43 -29 -14|say -42 33 -9 18|scale -10 15 -6 1|scanner -4 2 0 2
scheduled 9 0 -7 -2|scheduler -20 -20 47 -7|scoped -3 -2 -1 7|score -29 17 -3 16|screen 5 -25 32 -13
screenshots -7 -12 -8 27|scripts -19 -4 28 -5|scroll -27 72 -9 -36|se -9 27 -4 -15|search 22 45 -37 -30
second 45 23 -36 -33|section -22 -3 -4 29|security -51 23 -9 37|see 60 -32 -12 -15|segfault -1 3 -1 -1
select 1 11 -5 -7|send -8 4 7 -3|sensor 30 -3 -22 -6|sent -8 14 -3 -3|separate -85 31 56 -2|server -1 29 -22 -5
service -20 -10 35 -5|session 10 -30 26 -7|set -1 -20 34 -13|settings 10 3 -6 -8|setup -14 0 9 5|several -33 20 16 -3
shapes -19 5 16 -2|shared -36 32 39 -34|sheet 35 -9 -21 -5|shifts -3 7 -2 -2|shop -5 3 -2 4|short 35 -11 -14 -10
shortcut 27 -10 -9 -8|should 20 -72 71 -20|shouldn't -9 -15 28 -4|show 39 45 -53 -31|shown -37 55 -5 -13
side 28 -25 -1 -1|sidebar 16 -11 -3 -2|sign 48 -4 -38 -6|simplify 0 -6 12 -6|since -10 20 -5 -5|single 9 -3 -5 -1
singleton -10 -11 24 -2|site -33 -5 -6 43|size -8 20 -12 0|skips 1 -1 -4 4|sleep 37 -26 -7 -4|slow -11 9 -4 6
small -12 22 -6 -4|smaller -15 20 -2 -3|so 24 -23 13 -14|some -23 -8 24 8|somebody 30 -17 -10 -3|something -18 1 21 -4
sometimes -8 21 -7 -5|sort 16 -8 -10 2|sound -8 19 -5 -7|source 35 -1 -34 -1|spaces -2 8 -3 -3|spanish -11 -2 -1 15
speed 22 -14 -1 -7|spell 34 0 -7 -27|split 9 -15 10 -4|spread 39 -6 -31 -2|spring 6 -15 10 -2|sql -6 3 1 2
stack 0 6 -4 -3|staff -11 16 -2 -2|start -3 -11 -16 29|startup 3 21 -22 -2|state -39 -23 81 -19|status -4 12 -5 -3
stays -10 16 -5 -1|stdin 11 -3 -3 -4|step 9 -16 -18 25|sticky 13 0 -7 -7|still -27 25 31 -29|stops 2 22 -18 -7
storage -20 -3 23 -1|store 10 -15 9 -3|strange -15 26 -4 -7|strict -20 21 1 -2|stricter 8 -1 -6 -1|strings -28 6 32 -9
structure 8 -10 8 -7|stuck -8 11 -2 -2|stutters -17 26 -2 -6|style -8 -9 43 -26|subscription 19 -13 -4 -2
subtitles -4 9 -3 -1|such -15 27 -5 -8|suggestions 16 3 -4 -14|suite -26 21 8 -3|sum 5 6 -8 -3|summary -5 23 -9 -9
support 101 -79 -41 19|svg 7 -5 -1 -1|switch -51 29 23 -1|symbol 3 -1 1 -3|sync -20 38 -13 -6|syntax 4 -13 -11 20
system 48 -16 -24 -8|tab 13 31 -22 -22|table 20 -65 40 4|tablet -2 5 -2 -2|tag 0 29 -24 -5|takes 18 20 -27 -12
tap 4 1 -3 -2|target 0 3 -2 -1|tasks -3 -27 3 27|team -7 7 2 -3|tell 9 -29 -16 35|temperature 11 -3 -6 -2
templates 66 -54 -8 -4|ten -9 17 -5 -3|terminal 5 -3 -5 3|ternaries 20 -8 -10 -3|tests -84 -23 137 -30
text 31 23 -20 -33|than 42 9 -47 -4|that 45 -68 -18 42|the 9 -5 -11 7|their 0 8 6 -13|theme 43 -8 -30 -5
there 8 -20 -10 21|they -11 29 -11 -7|things -28 -20 17 31|this 23 -17 -7 1|thread 4 35 -35 -4|three -30 -13 49 -6
through 1 39 -22 -17|throw 24 -26 2 0|thumbnails -5 9 -2 -2|tide -16 1 -2 18|tidy -7 -3 13 -3|tiles 12 1 -13 -1
time 16 41 -51 -6|timer 46 -39 -3 -3|tips 11 -8 -2 -1|title -4 27 -11 -12|to 52 -39 14 -27|today -19 36 -14 -3
together 7 -16 14 -6|token 4 1 -2 -3|too 31 -40 30 -22|toolbar 7 -2 -3 -2|tools 3 -5 6 -4|tooltip -28 39 -5 -6
top 12 2 -7 -8|total -15 39 -14 -10|totp 13 -10 -2 -1|touch 32 -22 -7 -4|traces 6 0 -5 -1|track -4 14 -6 -4
trailing -9 16 -5 -2|transfers -4 6 -1 -1|translate -6 -2 -11 19|translation 50 -16 -21 -13|transport 9 -2 -6 -1
treats -15 29 -11 -3|tree 25 -13 2 -14|trip 27 -22 -5 -1|ts -14 -8 24 -2|turn -18 -4 34 -12|tutorial -23 1 -8 30
twice 23 0 -14 -8|two -21 41 9 -30|type -16 48 -8 -24|typescript 18 -3 -15 0|typo 3 -11 -4 13|ui -26 5 27 -6
umlauts -13 24 -5 -7|un -3 -4 13 -6|unable -8 11 -1 -2|undefined -9 14 -3 -3|under -11 -1 -2 14|undo 19 -7 -7 -5
unify -5 -10 18 -3|unit 0 -7 -2 9|unknown 14 26 -3 -37|unread 28 -16 -9 -4|until -5 15 -7 -3|unused 33 -8 -20 -5
up -43 19 35 -11|update -51 18 23 10|upgrade -11 2 12 -2|upload 47 13 -43 -18|url -7 -1 15 -8|usage -28 28 -13 12
use -52 -81 97 35|used 11 -12 -7 8|users -27 25 25 -23|utc 4 5 -6 -3|utils -19 -2 24 -4|ux 25 -9 -12 -4
validation 12 -9 3 -5|validators 25 -5 -18 -3|value -37 29 13 -4|vanish 27 -19 -1 -6|variables -10 -16 3 24
version -31 -5 21 15|video -23 24 -1 0|view 19 -6 12 -25|viewer 28 -2 -6 -20|visible 0 24 -4 -19|vite -5 -1 6 -1
vitest -11 -6 22 -5|want 8 -13 9 -3|warn 11 -3 2 -9|was -7 0 9 -2|watch 5 -1 -2 -2|watcher -6 7 3 -3|way -1 -32 52 -19
we -28 -49 73 4|weather 4 15 -11 -7|webhook 8 1 -7 -1|week 55 -31 -19 -5|weird -15 27 -7 -5|were 38 9 -24 -23
what -22 10 -7 19|wheel 23 -3 -9 -11|when 72 22 -65 -29|where 1 2 -12 10|which 16 -54 -6 43|while 9 10 -11 -8
who 45 -33 -3 -9|whole -5 29 -10 -15|why -45 20 23 2|widget -7 0 12 -5|width 16 -8 -6 -2|wiki -3 -2 -33 38
will -7 19 -9 -3|windows -9 -15 -28 52|with 36 78 -52 -62|without -13 46 -17 -15|wizard 7 3 8 -18|words -8 42 -28 -6
work -35 57 -30 8|worker -1 13 -4 -9|workspace 7 -3 -6 1|would 22 -9 -11 -2|wrappers -14 -2 17 -2|write -68 54 -33 47
written 18 -27 2 7|wrong -53 46 -60 67|xml 6 -6 7 -7|years -9 18 -8 -1|yesterday -6 11 -3 -2|you -14 28 -3 -11
zero -10 24 -11 -2|zip -1 4 -1 -1|zone -11 4 -3 10|zoom 30 -3 -7 -20
`;
