using ChaosHarness.Safety;
using ChaosHarness.Safety.Masking;

namespace ChaosHarness.Tests.Safety;

/// <summary>To the letter what is hidden and what stays, at the borders of each notation.</summary>
public sealed class MaskedExactlyTests
{
    // A line each: the text, with S, T and U for parts of secrets, then what people read.
    private static readonly (string Text, string Shown)[] Words =
    [
        ("password=S", "password=***"),
        ("password=", "password="),
        ("password= ", "password= "),
        ("password", "password"),
        ("password =\tS x", "password =\t*** x"),
        ("password=\nx", "password=\nx"),
        ("password=S\tx", "password=***\tx"),
        ("password=S;n=1", "password=***;n=1"),
        ("password=S&n=1", "password=***&n=1"),
        ("password=S%26n=1", "password=***%26n=1"),
        ("password=S%27n x", "password=*** x"),
        ("password=S</p>", "password=***</p>"),
        ("password=S<T x", "password=*** x"),
        ("password=S<", "password=***"),
        ("password=S,T x", "password=*** x"),
        ("password=S, x", "password=***, x"),
        ("password=S,", "password=***,"),
        ("password=S,n=1", "password=***,n=1"),
        ("password=S,n:1", "password=***,n:1"),
        ("password=S,n", "password=***"),
        ("password=S,=1 x", "password=*** x"),
        ("password=S,nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn=1", "password=***,nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn=1"),
        ("password=S,nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn=1", "password=***"),
        ("password=S} x", "password=***} x"),
        ("password=S}T x", "password=*** x"),
        ("password=S]", "password=***]"),
        ("password=S])", "password=***])"),
        ("password=S)T x", "password=*** x"),
        ("password=S>", "password=***>"),
        ("password=S>:", "password=***>:"),
        ("password=S>|", "password=***>|"),
        ("password=S>&", "password=***>&"),
        ("password=S><", "password=***><"),
        ("password=S>T", "password=***"),
        ("password=S\" x", "password=***\" x"),
        ("password=S' x", "password=***' x"),
        ("password=S` x", "password=***` x"),
        ("password=S\"T x", "password=*** x"),
        ("password=S\";n", "password=***\";n"),
        ("password=S\"\" x", "password=***\"\" x"),
        ("password=S'' x", "password=***'' x"),
        ("password=S\"` x", "password=***\"` x"),
        ("password=S\"\\n", "password=***\"\\n"),
        ("password=S\\\" x", "password=***\\\" x"),
        ("password=S\\T x", "password=*** x"),
        ("password=S\\\\T x", "password=*** x"),
        ("password=S\\\\", "password=***"),
        ("'password=S'T", "'password=***'T"),
        ("\"password=S'T\"U", "\"password=***\"U"),
        ("`password=S`T", "`password=***`T"),
        ("\\\"password=S\\\"T", "\\\"password=***\\\"T"),
        ("x password=S\"T\" x", "x password=***\" x"),
    ];

    private static readonly (string Text, string Shown)[] Marks =
    [
        ("password=\"S T\" x", "password=\"***\" x"),
        ("password='S T' x", "password='***' x"),
        ("password=`S T` x", "password=`***` x"),
        ("password='S''T' x", "password='***' x"),
        ("password=\"\" x", "password=\"\" x"),
        ("password=\"S", "password=\"***"),
        ("password=\"S\nx", "password=\"***\nx"),
        ("password=\"S\\\"T\" x", "password=\"***\" x"),
        ("password=\"S\\\\\" x", "password=\"***\" x"),
        ("{\"password\":\"S\",\"n\":1}", "{\"password\":\"***\",\"n\":1}"),
        ("{\"password\" : \"S\"}", "{\"password\" : \"***\"}"),
        ("{\"password\":\n \"S\"}", "{\"password\":\n \"***\"}"),
        ("{\"password\":\r\n \"S\"}", "{\"password\":\r\n \"***\"}"),
        ("password:\nx: 1", "password:\nx: 1"),
        ("password:\n", "password:\n"),
        ("password:", "password:"),
        ("password: \"S T\" x", "password: \"***\" x"),
        ("config[\"password\"] = \"S\"; x", "config[\"password\"] = \"***\"; x"),
        ("{&quot;password&quot;:&quot;S&quot;}", "{&quot;password&quot;:&quot;***&quot;}"),
        ("\\u0022password\\u0022:\\u0022S\\u0022}", "\\u0022password\\u0022:\\u0022***\\u0022}"),
        ("password=u0022S x", "password=*** x"),
        ("password:[\"S\"]", "password:[\"***\"]"),
        ("password:[\"S\", \"T\"] x", "password:[\"***\"] x"),
        ("password:[ 'S' , 'T' ; 'x'", "password:[ '***' ; 'x'"),
        ("password:[\"S\" \"x\"]", "password:[\"***\" \"x\"]"),
        ("password:[\"S\"", "password:[\"***\""),
        ("password:[\"S", "password:[\"***"),
        ("password:[1]", "password:[1]"),
        ("password:[]", "password:[]"),
        ("Pwd={S;T};n=1", "Pwd={***};n=1"),
        ("Pwd={S}}T};n=1", "Pwd={***};n=1"),
        ("Pwd={S\nx", "Pwd={***\nx"),
        ("Pwd={S", "Pwd={***"),
        ("Pwd={", "Pwd={"),
        ("Pwd={{0}}", "Pwd={{0}}"),
        ("password: {\"n\": 1}", "password: {\"n\": 1}"),
        ("password:{n}", "password:{n}"),
    ];

    private static readonly (string Text, string Shown)[] Lines =
    [
        ("password: S T\nx: 1", "password: ***\nx: 1"),
        ("password: S T\r\nx: 1", "password: ***\r\nx: 1"),
        ("password: S T, x", "password: ***, x"),
        ("password: S T; x", "password: ***; x"),
        ("password: S,T; x", "password: ***; x"),
        ("password: S;T x", "password: ***"),
        ("password: S T # x", "password: *** # x"),
        ("password: S#T", "password: ***"),
        ("password: S T \nx: 1", "password: *** \nx: 1"),
        ("password: S T", "password: ***"),
        ("password: S\\", "password: ***"),
        ("password: S\\\\ T\nx", "password: ***\nx"),
        ("password:S x", "password:*** x"),
        ("  - password: S T\nx", "  - password: ***\nx"),
        ("\tpassword: S T\nx", "\tpassword: ***\nx"),
        ("- 'password: S T'\nx", "- 'password: ***'\nx"),
        ("- \"password: S T\"\nx", "- \"password: ***\"\nx"),
        ("- \"password: S 'T\"\nx", "- \"password: ***\"\nx"),
        ("a\npassword: S T\nx", "a\npassword: ***\nx"),
        ("a password: S x", "a password: *** x"),
        ("+ password: S x", "+ password: *** x"),
        ("password: |\n  S\n  T\nx: 1", "password: |\n  ***\nx: 1"),
        ("password: >-\n  S\nx: 1", "password: >-\n  ***\nx: 1"),
        ("password: |2+ \n  S\nx: 1", "password: |2+ \n  ***\nx: 1"),
        ("password: |\n\n  S\n\n  T\n\nx: 1", "password: |\n\n  ***\n\nx: 1"),
        ("  password: |\n  x: 1", "  password: ***\n  x: 1"),
        ("  password: |\n    S\n  x: 1", "  password: |\n    ***\n  x: 1"),
        ("a:\n  password: |\n    S\n  x: 1", "a:\n  password: |\n    ***\n  x: 1"),
        ("password: |\n  S", "password: |\n  ***"),
        ("password: |S\n  x", "password: ***\n  x"),
        ("password: |", "password: ***"),
        ("password=|\n  x", "password=***\n  x"),
        ("Authorization: Bearer S x\nhost", "Authorization: Bearer ***\nhost"),
        ("Authorization: S\nhost", "Authorization: ***\nhost"),
        ("Authorization: S", "Authorization: ***"),
        ("Authorization: *S x\nhost", "Authorization: ***\nhost"),
        ("Authorization: AWS4-HMAC S\nhost", "Authorization: AWS4-HMAC ***\nhost"),
        ("Authorization: -S,T x\nhost", "Authorization: ***\nhost"),
        ("'Authorization: Token S' x", "'Authorization: Token ***' x"),
        ("\"Authorization: Token S\\\\\" x", "\"Authorization: Token ***\" x"),
        ("Cookie: a=S; b=T\nhost", "Cookie: ***\nhost"),
        ("Authorization: Bearer\nhost", "Authorization: ***\nhost"),
    ];

    private static readonly (string Text, string Shown)[] Named =
    [
        ("password := S x", "password := *** x"),
        ("password => S x", "password => *** x"),
        ("password == S x", "password == *** x"),
        ("password%3DS x", "password%3D*** x"),
        ("password%3dS x", "password%3d*** x"),
        ("password\\u003dS x", "password\\u003d*** x"),
        ("password::S x", "password::S x"),
        ("password://x", "password://x"),
        ("password:/S x", "password:*** x"),
        ("password x", "password x"),
        ("--token S x", "--token *** x"),
        ("--token\tS x", "--token\t*** x"),
        ("--token=S x", "--token=*** x"),
        ("--token \"S T\" x", "--token \"***\" x"),
        ("--token --x", "--token --x"),
        ("--token", "--token"),
        ("--token ", "--token "),
        ("--token , x", "--token , x"),
        ("--token\n- S\nx", "--token\n- ***\nx"),
        ("--token \r\n  -  S\nx", "--token \r\n  -  ***\nx"),
        ("--token\n-", "--token\n-"),
        ("--token\n- ", "--token\n- "),
        ("--token\n-x", "--token\n-x"),
        ("--token\n+ x", "--token\n+ x"),
        ("--token\nx y", "--token\nx y"),
        ("[\"--token\", \"S\", \"x\"]", "[\"--token\", \"***\", \"x\"]"),
        ("[\"--token\",\"S\"]", "[\"--token\",\"***\"]"),
        ("[\"--token\"", "[\"--token\""),
        ("[\"--token\" \"x\"]", "[\"--token\" \"x\"]"),
        ("[\"--token\",", "[\"--token\","),
        ("[--token S]", "[--token ***]"),
        ("(--token S)", "(--token ***)"),
        ("a,--token S x", "a,--token *** x"),
        ("a+--token x", "a+--token x"),
        ("<password>S</password>x", "<password>***</password>x"),
        ("<password>S T\nx", "<password>***\nx"),
        ("<password>S", "<password>***"),
        ("<a:password n=\"1\">S</a:password>", "<a:password n=\"1\">***</a:password>"),
        ("<password/>x", "<password/>x"),
        ("<password><a>x</a>", "<password><a>x</a>"),
        ("<password <x", "<password <x"),
        ("<password", "<password"),
        ("x>password>y", "x>password>y"),
        ("<password><![CDATA[S]]></password>x", "<password>***</password>x"),
        ("&lt;password&gt;S&lt;/password&gt;x", "&lt;password&gt;***&lt;/password&gt;x"),
        ("\\u003cpassword\\u003eS\\u003c/password\\u003ex", "\\u003cpassword\\u003e***\\u003c/password\\u003ex"),
        ("\\u003Cpassword\\u003ES\\u003C/password\\u003Ex", "\\u003Cpassword\\u003E***\\u003C/password\\u003Ex"),
        ("key=\"password\" value=\"S\" n", "key=\"password\" value=\"***\" n"),
        ("key=\"password\" n=\"1\"", "key=\"password\" n=\"1\""),
        ("{\"name\":\"password\",\"value\":\"S\"}", "{\"name\":\"password\",\"value\":\"***\"}"),
        ("{\"name\":\"password\";\"Value\":\"S\"}", "{\"name\":\"password\";\"Value\":\"***\"}"),
        ("\"password\" ", "\"password\" "),
        ("\"password\" = x = y", "\"password\" = *** = y"),
        ("\"password\" \"=y", "\"password\" \"=y"),
    ];

    private static readonly (string Text, string Shown)[] Known =
    [
        ("a://u:S@h", "a://u:***@h"),
        ("a://:S@h/p", "a://:***@h/p"),
        ("a://u:S:T@h:1/p", "a://u:***@h:1/p"),
        ("a://u:S@T@h/p", "a://u:***@h/p"),
        ("a://u:@h", "a://u:@h"),
        ("a://u@h:1", "a://u@h:1"),
        ("a://@h:1", "a://@h:1"),
        ("a://h:12/p@x", "a://h:12/p@x"),
        ("a://h:1x/p@x", "a://h:***@x"),
        ("a://u:S/T@h/p", "a://u:***@h/p"),
        ("a://u:S?T@h", "a://u:***@h"),
        ("a://u:S#T@h", "a://u:***@h"),
        ("a://h/p:q@x", "a://h/p:q@x"),
        ("a://h", "a://h"),
        ("a://h:1", "a://h:1"),
        ("a://u@h/p:q", "a://u@h/p:q"),
        ("a://u:S", "a://u:S"),
        ("a://", "a://"),
        ("://", "://"),
        ("://u:S@h", "://u:***@h"),
        ("a://u:S@h \"b://v:T@i\" c://", "a://u:***@h \"b://v:***@i\" c://"),
        ("a://u:S@h\tb:c@d", "a://u:***@h\tb:c@d"),
        ("a:// u:x@h", "a:// u:x@h"),
        ("bearer ABCDEFGH x", "bearer *** x"),
        ("Bearer \tABCDEFGH", "Bearer \t***"),
        ("bearer ABCDEFG x", "bearer ABCDEFG x"),
        ("basic A+/=._~-x y", "basic *** y"),
        ("basic ABCD,EFGHI y", "basic ABCD,EFGHI y"),
        ("basic authentication", "basic authentication"),
        ("basic authentication. ", "basic authentication. "),
        ("basic authenticatioN", "basic ***"),
        ("basic Authentication", "basic ***"),
        ("bearerABCDEFGH", "bearerABCDEFGH"),
        ("bearers ABCDEFGH", "bearers ABCDEFGH"),
        ("xbearer ABCDEFGH", "xbearer ABCDEFGH"),
        ("1basic ABCDEFGH", "1basic ABCDEFGH"),
        ("(basic ABCDEFGH)", "(basic ***)"),
        ("basic basic ABCDEFGH", "basic basic ***"),
        ("bearer", "bearer"),
        ("bearer ", "bearer "),
        ("AKIAIOSFODNN7EXAMPLE", "***"),
        ("ASIAIOSFODNN7EXAMPLE,", "***,"),
        ("AKIAIOSFODNN7EXAMPL", "AKIAIOSFODNN7EXAMPL"),
        ("AKIAIOSFODNN7EXAMPLE7", "AKIAIOSFODNN7EXAMPLE7"),
        ("AKIAIOSFODNN7EXAMPLEx", "AKIAIOSFODNN7EXAMPLEx"),
        ("AKIAIOSFODNN7EXAMPLE_x", "AKIAIOSFODNN7EXAMPLE_x"),
        ("xAKIAIOSFODNN7EXAMPLE", "xAKIAIOSFODNN7EXAMPLE"),
        ("/AKIAIOSFODNN7EXAMPLE/", "/***/"),
        ("akia AKIAIOSFODNN7EXAMPLE", "akia ***"),
        ("AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY x", "*** *** x"),
        ("AKIAIOSFODNN7EXAMPLE : \"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "*** : \"***"),
        ("AKIAIOSFODNN7EXAMPLE  : \"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "***  : \"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        ("AKIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKE x", "*** wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKE x"),
        ("AKIAIOSFODNN7EXAMPLE/JalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY x", "***/JalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY x"),
        ("-----BEGIN PRIVATE KEY-----\nS\n-----END PRIVATE KEY-----\nx", "***\nx"),
        ("-----BEGIN EC PRIVATE KEY-----\nS\n-----END EC PRIVATE KEY-----x", "***x"),
        ("-----BEGIN PRIVATE KEY-----\nS", "***"),
        ("-----BEGIN PRIVATE KEY-----\nS\n-----END PRIVATE", "***"),
        ("-----BEGIN PRIVATE KEY", "-----BEGIN PRIVATE KEY"),
        ("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----"),
        ("-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\nS\n-----END PRIVATE KEY-----", "-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n***"),
        ("-----BEGIN -----PRIVATE KEY-----\nx", "-----BEGIN -----PRIVATE KEY-----\nx"),
        ("password=a://u:S@h x", "password=*** x"),
        ("password=bearer ABCDEFGH x", "password=*** *** x"),
        ("a://u:token=S@h token=T", "a://u:*** token=***"),
    ];

    [TestCaseSource(nameof(Words))]
    [TestCaseSource(nameof(Marks))]
    [TestCaseSource(nameof(Lines))]
    [TestCaseSource(nameof(Named))]
    [TestCaseSource(nameof(Known))]
    public void A_text_is_shown_so((string Text, string Shown) one) => Assert.That(Secrets.Mask(one.Text), Is.EqualTo(one.Shown));

    [TestCase("password", true)]
    [TestCase("DB_PASSWORD_2", true)]
    [TestCase("dbPass", true)]
    [TestCase("db.pw", true)]
    [TestCase("sig", true)]
    [TestCase("x-pass", true)]
    [TestCase("dbpass", false)]
    [TestCase("DBPASS", false)]
    [TestCase("PASS", false)]
    [TestCase("Pass", false)]
    [TestCase("pass", true)]
    [TestCase("DB_PASS", true)]
    [TestCase("compass", false)]
    [TestCase("nextToken", false)]
    [TestCase("NEXT_TOKEN", false)]
    [TestCase("accessToken", true)]
    [TestCase("passwordHash", false)]
    [TestCase("secret-key-", true)]
    [TestCase("", false)]
    [TestCase("123", false)]
    public void A_name_says_by_its_ending_whether_it_is_that_of_a_secret(string name, bool isSecret)
    {
        Assert.That(SecretNames.IsSecret(name), Is.EqualTo(isSecret));
        Assert.That(SecretNames.IsSecret(new string('a', 100) + "_" + name), Is.EqualTo(isSecret || name is "PASS" or "Pass"), "however long it is");
    }

    [TestCase("PasswordOfLedger", true)]
    [TestCase("ledger.password.file", true)]
    [TestCase("LEDGER_TOKEN_FILE", true)]
    [TestCase("Chaos.HaltFile", false)]
    [TestCase("passwordless", false)]
    [TestCase("tokenizer", false)]
    [TestCase("", false)]
    [TestCase("_", false)]
    public void A_setting_says_by_one_of_its_words_whether_it_is_a_secret(string name, bool isSecret) => Assert.That(SecretNames.IsSetting(name), Is.EqualTo(isSecret));

    [TestCase("-----BEGIN PRIVATE KEY-----", true)]
    [TestCase("x -----BEGIN RSA PRIVATE KEY----- y", true)]
    [TestCase("-----BEGIN PRIVATE KEY-----S-----END PRIVATE KEY-----", false)]
    [TestCase("-----END PRIVATE KEY----- -----BEGIN PRIVATE KEY-----", true)]
    [TestCase("-----BEGIN CERTIFICATE-----", false)]
    [TestCase("x", false)]
    public void A_line_says_whether_a_private_key_goes_on_after_it(string line, bool goesOn) => Assert.That(KnownSecrets.BeginsPrivateKey(line), Is.EqualTo(goesOn));
}
