/** What has happened, and what the user can do, in Japanese. */
import type { Texts } from '../texts.ts';

const NOT_SET_UP = 'このページは正しく設定されていません。担当者にお知らせください。';
const NOT_UNDERSTOOD =
  'サービスからの応答をこのページでは処理できません。しばらくしてからもう一度お試しください。';
const NOT_OFFERED = 'この機能はここでは利用できません。';
const SIGNED_OUT = 'サインアウトされました。もう一度サインインしてください。';
const REFUSED = 'サービス側の理由により拒否されました。最初からやり直してください。';
const UNSAFE = 'このブラウザーでは安全にサインインできません。更新するか、別のブラウザーをご利用ください。';

export const errors: Texts['errors'] = {
  USER_POOL_ID_INVALID: NOT_SET_UP,
  CLIENT_ID_INVALID: NOT_SET_UP,
  CLIENT_SECRET_INVALID: NOT_SET_UP,
  REGION_INVALID: NOT_SET_UP,
  ENDPOINT_INVALID: NOT_SET_UP,
  ENDPOINT_INSECURE: NOT_SET_UP,
  USERNAME_INVALID: 'ユーザー名を 1～128 文字で入力してください。',
  PASSWORD_INVALID: 'パスワードを入力してください。',
  OPTION_INVALID: NOT_SET_UP,
  CHALLENGE_INVALID: 'このサインインはここでは続けられません。最初からやり直してください。',
  ANSWER_INVALID: 'フォームに入力漏れがあります。確認してもう一度お試しください。',
  RANDOMNESS_MISSING: UNSAFE,
  RANDOMNESS_INVALID: UNSAFE,
  RUNTIME_INCOMPLETE:
    'このブラウザーは古いため、このページをご利用になれません。更新するか、別のブラウザーをご利用ください。',

  NETWORK_FAILED: 'サービスに接続できませんでした。接続を確認してもう一度お試しください。',
  TIMED_OUT: 'サービスが時間内に応答しませんでした。接続を確認してもう一度お試しください。',
  BODY_NOT_JSON: NOT_UNDERSTOOD,
  BODY_TOO_LARGE: NOT_UNDERSTOOD,
  REPLY_MALFORMED: NOT_UNDERSTOOD,
  CHALLENGE_UNEXPECTED: 'このページでは対応できない操作が求められました。最初からやり直してください。',
  CHALLENGE_PARAMETER_MISSING: NOT_UNDERSTOOD,
  CHALLENGE_PARAMETER_INVALID: NOT_UNDERSTOOD,
  SRP_B_INVALID: NOT_UNDERSTOOD,
  SALT_INVALID: NOT_UNDERSTOOD,
  SECRET_BLOCK_INVALID: NOT_UNDERSTOOD,
  TOKEN_INVALID: 'サインインを確認できませんでした。もう一度サインインしてください。',
  TOKEN_INSUFFICIENT: 'この操作を行う権限がありません。管理者にお問い合わせください。',
  REDIRECT_UNEXPECTED:
    'このサインインはここで開始されていないか、すでに終了しています。もう一度サインインしてください。',
  KEYS_INVALID: NOT_UNDERSTOOD,
  U_ZERO: NOT_UNDERSTOOD,

  INCORRECT_USERNAME_OR_PASSWORD:
    'ユーザー名またはパスワードが正しくありません。両方を確認してもう一度お試しください。',
  ATTEMPTS_EXCEEDED: '試行回数が多すぎます。数分待ってからもう一度お試しください。',
  USER_DISABLED: 'このアカウントは無効になっています。担当者にお問い合わせください。',
  USER_NOT_FOUND: 'この名前のアカウントはありません。名前を確認するか、アカウントを作成してください。',
  USER_NOT_CONFIRMED: 'このアカウントはまだ確認されていません。お送りしたコードで確認してください。',
  USER_ALREADY_CONFIRMED: 'このアカウントはすでに確認されています。サインインしてください。',
  SIGN_UP_NOT_PERMITTED:
    'ここではご自身でアカウントを作成できません。このページの担当者にお問い合わせください。',
  NO_VERIFIED_ADDRESS:
    'このアカウントには、コードを送信できる確認済みの連絡先がありません。担当者にお問い合わせください。',
  PASSWORD_RESET_NOT_PERMITTED:
    'ここではご自身でパスワードを再設定できません。このページの担当者にお問い合わせください。',
  FEDERATED_USER:
    'このアカウントにはここで使うパスワードがありません。登録に使用したプロバイダーでサインインしてください。',
  TEMPORARY_PASSWORD_UNUSED:
    'お送りした仮のパスワードでサインインし、その後ご自身のパスワードを設定してください。',
  PASSWORD_RESET_REQUIRED: 'サインインする前に、パスワードを再設定する必要があります。',
  TEMPORARY_PASSWORD_EXPIRED:
    '仮のパスワードの有効期限が切れています。新しいものを発行してもらってください。',
  SESSION_EXPIRED: 'サインインの有効時間が過ぎました。最初からやり直してください。',
  SESSION_USED: 'この手順はすでに完了しています。最初からやり直してください。',
  SESSION_INVALID: 'このサインインは無効になりました。最初からやり直してください。',
  CODE_MISMATCH: 'コードが正しくありません。確認してもう一度入力してください。',
  CODE_EXPIRED: 'コードの有効期限が切れているか、すでに使用されています。新しいコードを取得してください。',
  CODE_USED: 'このコードはすでに使用されています。アプリに次のコードが表示されるまでお待ちください。',
  CODE_DELIVERY_FAILED: 'コードを送信できませんでした。しばらくしてからもう一度お試しください。',
  PASSWORD_POLICY: 'このパスワードは上記の条件を満たしていません。別のパスワードを設定してください。',
  USERNAME_EXISTS: 'このユーザー名はすでに使われています。別の名前にするか、サインインしてください。',
  ALIAS_EXISTS: 'この連絡先は別のアカウントで使われています。そのアカウントでサインインしてください。',
  USERNAME_REFUSED:
    'ユーザー名の形式が正しくありません。メールアドレス、またはアドレス以外の名前をお試しください。',
  ATTRIBUTE_REFUSED:
    '入力漏れがあるか、形式が正しくありません。ご確認ください。電話番号は + と国番号から入力してください。',
  ATTRIBUTE_NOT_PERMITTED: 'このページでは入力内容を保存できません。担当者にお知らせください。',
  ATTRIBUTE_IMMUTABLE: 'この項目は変更できません。アカウントの担当者にお問い合わせください。',
  MFA_NOT_SET_UP: 'このアカウントにはコードを受け取る方法がありません。担当者にお問い合わせください。',
  PASSKEY_REFUSED: 'パスキーは受け付けられませんでした。別の方法でサインインしてください。',
  PASSKEY_NOT_ENABLED: 'このページではパスキーをご利用になれません。別の方法でサインインしてください。',
  ACCESS_TOKEN_REFUSED: SIGNED_OUT,
  REFRESH_TOKEN_REFUSED: SIGNED_OUT,
  AUTHORIZATION_CODE_REFUSED:
    'サインインに時間がかかりすぎたか、すでに完了しています。もう一度サインインしてください。',
  SIGN_IN_DENIED: 'サインインがキャンセルされました。もう一度サインインするか、別の方法を選んでください。',
  LOGIN_REQUIRED: 'まだサインインしていません。サインインしてください。',
  REFRESH_TOKEN_REUSED: '安全のためサインアウトされました。もう一度サインインしてください。',
  OPERATION_UNKNOWN: NOT_OFFERED,
  OPERATION_NOT_ENABLED: NOT_OFFERED,
  CREDENTIALS_REFUSED: NOT_SET_UP,
  SECRET_HASH_REFUSED: NOT_SET_UP,
  CLIENT_NOT_FOUND: NOT_SET_UP,
  FLOW_NOT_ENABLED: 'このサインイン方法はここでは利用できません。別の方法を選んでください。',
  DEVICE_NOT_FOUND: 'このデバイスの登録は無効になりました。もう一度サインインしてください。',
  DEVICE_REFUSED: 'このデバイスを認識できませんでした。もう一度サインインしてください。',
  TRIGGER_REFUSED: REFUSED,
  TRIGGER_FAILED: REFUSED,
  POOL_MISCONFIGURED: '現在のサービスの設定では実行できません。担当者にお知らせください。',
  TIMESTAMP_REFUSED:
    'このデバイスの時計がずれているようです。時刻を合わせてから、最初からやり直してください。',
  PARAMETER_REFUSED: '入力内容が受け付けられませんでした。確認してもう一度お試しください。',
  FIREWALL_REFUSED: 'サービスがこの操作を遮断しました。数分待つか、別のネットワークをご利用ください。',
  THROTTLED: 'サービスが混み合っています。しばらくしてからもう一度お試しください。',
  INTERNAL_ERROR: 'サービスに問題が発生しています。しばらくしてからもう一度お試しください。',
  REFUSED: 'サービスに拒否されました。最初からやり直してください。',
};
