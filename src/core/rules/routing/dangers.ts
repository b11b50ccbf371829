/**
 * Words of what costs dearly when it goes wrong: what experts call it, and what everybody else says who wants the same. Read
 * by `riskOf`.
 */
export type Danger = { readonly name: string; readonly pattern: RegExp };
export const stems = (words: string) => new RegExp(`(?<![\\p{L}\\d])(?:${words})(?![\\p{L}\\d])`, "iu");

/** Stems with their inflections; each ends where a word ends, so that "author" is no "auth" and "dropdown" no "drop". */
export const DANGERS: readonly Danger[] = [
  { name: "auth", pattern: stems("auth(?:n|z|enticat\\w*|ori[sz]\\w*)?|oauth2?|oidc|saml|sso|ldap|kerberos|log(?:ging|ged)?[- ]?(?:ins?|on)|logouts?|sign(?:ing|ed)?[- ]?(?:ins?|on|up)|passkeys?|webauthn|totp|2fa|mfa|otp|(?:two|second|multi)[- ]?factors?|credentials?|permissions?|roles?|rbac|acls?|access (?:control|rights?|tokens?)|admin rights|privileges?|impersonat\\w*|sessions?|(?:session )?cookies?|csrf|xsrf|xss|cors|jwts?|private boards?|privacy|gdpr|security|securely|insecure|vulnerab\\w*|cve[-\\d]*|exploit\\w*|inject(?:ion|ed)|sanitiz\\w*|traversal|ssrf|rce|sandbox escape|revok(?:e|es|ed|ing)|access to other|invite links?|unauthori[sz]ed|unauthenticated|(?:some(?:body|one)|any(?:body|one)) else['’]?s?|(?:an)?other (?:users?|customers?|persons?|people|members?|tenants?|accounts?|teams?)['’]?s?|on behalf of|in the name of|act(?:s|ing)? as (?:an?|the|another) \\w+|as if (?:they|he|she|you) (?:were|had|was)|guests?|strangers?|outsiders?|(?:not|only|who (?:is|are)|be|are|is) (?:allowed|permitted|entitled) to (?:see|read|edit|open|change|use|do)|without (?:logging|signing|a login|permission|an account)|who may (?:see|read|edit|open|change)|can (?:see|read|open|edit) (?:\\w+ ){0,3}of (?:other|some)\\w*") }, // prettier-ignore
  { name: "payment", pattern: stems("pay(?:ments?|ing|ed|outs?|pal)?|paid|billing|bills?|invoic\\w*|refund\\w*|charg(?:e|es|ed|ing)|checkouts?|subscriptions?|credit ?cards?|card(?:s)? (?:payments?|is declined)|declined|stripe|apple pay|prices?|pricing|money|balances?|transactions?|ledger|taxes|tax|vat|coupons?|payroll|salar(?:y|ies)|transfers?|sepa|direct debit|iban|klarna|wallets?|payouts?|debit\\w*|credited|bought|buy(?:s|ing)?(?: now)?|purchas\\w*|discounts?|vouchers?|gift cards?|receipts?|accounting|bookkeeping|(?:saved|bank|store[d]?|expired) cards?|cards? (?:on file|number)|bank accounts?|donations?|tips|fees?|cents?|billable|cost centres?|shopping (?:cart|basket)") }, // prettier-ignore
  { name: "deletion", pattern: stems("delet\\w*|eras(?:e|es|ed|ing|ure)|wip(?:e|es|ed|ing)|purg(?:e|es|ed|ing)|truncat(?:e|es|ing) (?:the )?tables?|drop(?:s|ped|ping)? (?:the )?(?:tables?|columns?|database|data|v\\d|support)|data ?loss|los(?:e|es|t|ing) (?:\\w+ ){0,2}(?:data|work|files|records|messages|entries|jobs)|overwrit\\w*|corrupt\\w*|retention|irreversibl\\w*|destroy\\w*|back(?:ing)?[- ]?(?:ed )?ups?|restor(?:e|es|ed|ing)|recover(?:y|ed|s)?|clean(?:ing)? up (?:old )?(?:builds|data|files|records)|empt(?:y|ies|ied|ying) (?:the |a |an |all |their )?(?:\\w+ ){0,2}(?:trash|bin|projects?|tables?|database|folders?|boards?|accounts?|lists?)|thr(?:ow|ows|owing|own|ew) (?:\\w+ ){0,2}away|for good|permanently|(?:lost|gone|deleted) forever|no way back|start(?:s|ing)? from scratch|reset(?:s|ting)? (?:the |a |an |my |your )?(?:projects?|database|accounts?|data)|remov(?:e|es|ed|ing|al of) (?:\\w+ ){0,3}(?:accounts?|users?|customers?|members?|files|records|rows|data|messages|uploads?|attachments?|photos?|pictures?|orders?|history|comments?|entries)|older than (?:\\d+|an?|one|two|three|six|twelve|ninety) (?:hours?|days?|weeks?|months?|years?)|prun(?:e|es|ed|ing)|expire[sd]? (?:data|files|records|accounts)|(?:lost|missing|gone) (?:their |our |all |the |my )?(?:\\w+ )?(?:data|work|files|pictures|photos|records|messages|orders)") }, // prettier-ignore
  { name: "migration", pattern: stems("migrations?|migrat(?:e|ing) (?:the )?(?:schema|data\\w*|users?|accounts?|tables?)|schemas?|alter table|database (?:upgrade|change)|breaking(?: changes?)?|backwards?[- ](?:in)?compat\\w*|remov(?:e|ing) (?:all |what['’]?s |what is |the )?(?:deprecated|v\\d)\\w*|deprecated (?:api|methods?|features?)|public api|file format|wire format|rollback\\w*|downtime|(?:read(?:ing)? and writ\\w+|on[- ]disk|binary) (?:files?|formats?)|split(?:ting)? the \\w+ table|consequences for|bigint|foreign keys?|primary keys?|(?:column|table|field|id)s? (?:types?|names?) of|type of (?:the )?(?:\\w+\\.\\w+|\\w+ column|ids?)|renam(?:e|es|ed|ing) (?:the |a )?(?:columns?|tables?|endpoints?|collections?)|existing (?:data|rows|records|customers|installations|databases?|accounts)|(?:tables?|database) of (?:its|their) own|(?:to|into) (?:a|an|the) (?:new|other|another|separate) (?:tables?|database|server|region|provider|bucket|format)|data model|upgrade path|stays? (?:open|up|online) (?:while|during|meanwhile)|while (?:the|it|we) (?:\\w+ )?(?:stays?|keeps?|is|are) (?:open|up|online|running)") }, // prettier-ignore
  { name: "concurrency", pattern: stems("concurren\\w*|races?|race conditions?|racy|deadlock\\w*|livelock\\w*|lock(?:s|ed|ing)?|mutex\\w*|simultaneous\\w*|atomic\\w*|thread[- ]?safe\\w*|lost updates?|idempoten\\w*|double[- ](?:spend|charge|submit)\\w*|charged twice|at the same (?:time|moment)|(?:in|run(?:s|ning)?) parallel|parallel (?:calls?|requests?|runs?|workers?|jobs?|uploads?|writes?)|(?:two|both|several|multiple|many) (?:workers|processes|threads|goroutines|instances|replicas|writers|schedulers)|(?:same|one) (?:jobs?|message|order|task) (?:twice|two times)|(?:twice|two times) (?:in a row|fast|quickly)|double[- ]?click\\w*|connection pools?|shared (?:state|memory|pool|counters?)|thread pools?|rac(?:e|ing) (?:with|between|against)") }, // prettier-ignore
  { name: "secret", pattern: stems("secrets?|passwords?|passphrases?|tokens?|api keys?|private keys?|master key|key rotation|encrypt\\w*|decrypt\\w*|crypto\\w*|cipher\\w*|certificates?|certs?|tls|ssl|x\\.?509|signatures?|signing|verif(?:y|ies|ying) (?:signatures?|certificates?)|hash(?:ed|ing)? passwords?|argon2|bcrypt|vault|pii|personal data|plain ?text password|birthda(?:y|te)s?|dates? of birth|(?:home|postal|street) address(?:es)?|(?:phone|social security|passport|tax|national id) numbers?|health (?:data|records?)|medical|location history|personal(?:ly)? (?:details|information|identif\\w*)|keys? (?:per|for) (?:each |every )?(?:partners?|shops?|customers?|clients?|tenants?)|biometric\\w*|salt(?:ed)?") }, // prettier-ignore
];

/** The same in other languages, by the beginnings of words; Chinese, Japanese and Korean put none between them. */
const beginnings = (words: string) => new RegExp(`(?<![\\p{L}\\d])(?:${words})\\p{L}*`, "iu");
const anywhere = (words: string) => new RegExp(`(?:${words})`, "u");

export const FOREIGN_DANGERS: readonly Danger[] = [
  { name: "auth", pattern: beginnings("anmeld|abmeld|einlogg|auslogg|berechtig|zugriffsrecht|rechteverwaltung|angemeldet|connexion|déconnexion|se connecter|autoris|habilitation|iniciar sesión|cerrar sesión|inicio de sesión|permis(?:o|os|são|sões)(?!\\p{L})|autentic|accesso|autorizzaz|вход|авториз|прав доступа|inlogg|uprawnie|logowani") }, // prettier-ignore
  { name: "payment", pattern: beginnings("zahlung|bezahl|rechnung|erstatt|abbuch|abgebucht|lastschrift|preis(?:e|en)?(?!\\p{L})|rabatt|gutschrift|paiement|payer|factur|rembours|débit|remise|carte bancaire|prélèvement|pagos?(?!\\p{L})|reembols|cobr(?:o|os|a|an|ar|ado|ados)(?!\\p{L})|tarjeta|pagament|fatura|rimbors|fattur|оплат|плат[её]ж|возврат|счет|betaling|płatno|faktur") }, // prettier-ignore
  { name: "deletion", pattern: beginnings("lösch|gelöscht|verloren|datenverlust|überschr(?:ieb|eib)|wiederherstell|(?:supprim|effac)\\p{L}* (?:\\p{L}+ ){0,3}(?:comptes?|données|fichiers?|utilisateurs?|commandes?|photos?|messages?)|données perdues|écras|borr(?:a|ar|ado|ados|an)(?!\\p{L})|elimin(?:ar|a|ado|ados|an|ação)(?!\\p{L})|perd(?:er|ido|idos|ida)(?!\\p{L})|apag(?:ar|a|ado|ados)(?!\\p{L})|exclu(?:ir|são|ído)|cancell(?:a|are|ato)(?!\\p{L})|удал(?:ен|ит|ят|яет)|потер|verwijder|usuwan|usun") }, // prettier-ignore
  { name: "migration", pattern: beginnings("datenbankschema|umzieh|umzug|umstell|abwärtskompatib|migraci|migraç|migrazion|миграц|migratie|migracj") }, // prettier-ignore
  { name: "concurrency", pattern: beginnings("gleichzeitig|nebenläufig|parallele?[rns]? (?:aufruf|zugriff|anfrage)|verklemm|simultané|en parallèle|concurrent|simultáne|simultâne|contemporane|одновременн|gelijktijdig|równoczesn|jednocze") }, // prettier-ignore
  { name: "secret", pattern: beginnings("passw(?:ort|ört)|kennw(?:ort|ört)|verschlüssel|zertifikat|datenschutz|personenbezogen|geheim|mots? de passe|chiffr(?:e|er|ement|é)(?!\\p{L})|données personnelles|certificat|contraseñ|cifrad|datos personales|senhas?(?!\\p{L})|criptograf|dados pessoais|dati personali|парол|шифр|персональн|wachtwoord|hasł") }, // prettier-ignore
  {
    name: "auth",
    pattern: anywhere(
      "登录|登陆|登出|注销|权限|鉴权|认证|授权|会话|ログイン|ログアウト|サインイン|権限|認証|認可|로그인|로그아웃|권한|인증",
    ),
  },
  {
    name: "payment",
    pattern: anywhere("支付|付款|退款|发票|扣款|账单|价格|订单金额|支払|決済|請求|返金|課金|결제|환불|청구|요금"),
  },
  {
    name: "deletion",
    pattern: anywhere(
      "(?:数据|账号|账户|用户|文件|订单|记录|照片|评论)\\S{0,4}删除|删除\\S{0,4}(?:数据|账号|账户|用户|文件|订单|记录|照片|评论)|清空|清除数据|丢失|覆盖|备份|恢复数据|(?:データ|アカウント|ファイル|ユーザー|記事|写真|履歴)\\S{0,6}(?:削除|消去|消え)|上書き|バックアップ|復元|삭제|손실|덮어쓰|백업|복구",
    ),
  },
  { name: "migration", pattern: anywhere("迁移|数据库结构|兼容性|移行|スキーマ|互換性|마이그레이션|스키마") },
  {
    name: "concurrency",
    pattern: anywhere("并发|死锁|竞态|同时写|加锁|同時|排他|競合|デッドロック|동시|교착|경쟁 상태"),
  },
  {
    name: "secret",
    pattern: anywhere(
      "密码|密钥|令牌|加密|证书|隐私|个人信息|パスワード|秘密鍵|トークン|暗号|証明書|個人情報|비밀번호|암호화|토큰|인증서|개인정보",
    ),
  },
];
