/** PHP: what its functions do. It has thousands; one that is not named here can be anything. */
import type { Language } from './language.js'
import { type RoleTable, roleTable } from './role-table.js'

const ROLES = `
- echo print array list isset unset empty exit die if while for foreach switch match return function fn and or elseif catch use declare static
- json_encode json_decode json_last_error json_last_error_msg array_sum array_keys array_values array_merge array_slice array_unique array_flip
- array_reverse array_key_exists array_search array_combine array_column array_diff array_fill array_pop array_shift array_push array_unshift
- count sizeof in_array range sort rsort ksort asort arsort shuffle min max abs floor ceil round intdiv sqrt pow rand mt_rand random_int random_bytes
- number_format sprintf printf vsprintf print_r var_dump var_export strlen str_replace substr strpos strrpos strtolower strtoupper ucfirst trim
- ltrim rtrim explode nl2br htmlspecialchars html_entity_decode urlencode urldecode rawurlencode http_build_query parse_url
- preg_match preg_match_all preg_replace preg_split preg_quote md5 sha1 hash crc32 password_hash uniqid bin2hex base64_encode
- date time mktime strtotime microtime date_default_timezone_set hrtime usleep sleep is_array is_string is_numeric is_int is_null
- intval strval floatval boolval gettype serialize str_repeat str_pad str_split strrev wordwrap ucwords lcfirst ord dechex hexdec bindec decbin
- phpversion php_uname php_sapi_name php_ini_loaded_file phpinfo extension_loaded get_loaded_extensions ini_get ini_set error_reporting memory_get_usage
- memory_get_peak_usage sys_get_temp_dir getcwd defined define constant function_exists class_exists version_compare zend_version gethostname
- fgets fread fwrite fputs fclose feof stream_get_contents fgetc fgetcsv fputcsv fprintf file_exists is_file is_dir filesize filemtime basename dirname
- pathinfo mb_strlen mb_substr mb_strtoupper mb_strtolower str_contains str_starts_with str_ends_with iterator_to_array array_rand ctype_digit opcache_get_status
- posix_setuid posix_getuid posix_getpid getmypid datetime datetimeimmutable stdclass exception arrayobject implements openssl_get_cipher_methods
c chr
v strrev
l strtolower
u strtoupper
f sprintf
d urldecode rawurldecode
$ getenv
~ $_server.home $_env.home
b base64_decode
h hex2bin
j implode join
T0 system exec shell_exec passthru
I0 popen proc_open
V0 pcntl_exec
E0 eval assert
U create_function call_user_func call_user_func_array include include_once require require_once dl ffi reflectionfunction reflectionmethod closure
N fsockopen pfsockopen stream_socket_client curl_init curl_exec socket_create socket_connect mail stream_socket_server
O0 fopen
R0 file_get_contents readfile file show_source highlight_file php_strip_whitespace parse_ini_file simplexml_load_file
W0 file_put_contents mkdir touch chown tempnam
K0 chmod
W1 symlink link
R0W1 copy
R0B0W1 rename
D0 unlink rmdir
L0 scandir glob opendir dir
`

let roles: RoleTable | undefined

export const PHP: Language = {
  syntax: {
    comments: ['//', '#'],
    blocks: [['/*', '*/']],
    quotes: `'r"i\`x`,
    interpolation: ['{$', '$'],
    sigils: '$',
    strange: ['<<<', '?>'],
  },
  table: () => (roles ??= roleTable(ROLES)),
  extension: '.php',
  members: ['->', '::'],
  joins: '.',
  bare: true,
  closed: true,
  argv: [['$argv', 1]],
  prints: ['echo', 'print'],
}
