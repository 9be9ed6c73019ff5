using ChaosHarness.Safety;
using CsCheck;

namespace ChaosHarness.Tests.Safety;

public sealed class SecretsTests
{
    [TestCase("Host=db;Username=app;Password=hunter2;Database=x", "hunter2", "Database=x")]
    [TestCase("Server=db;Pwd='with ; inside';Database=x", "inside", "Database=x")]
    [TestCase("postgres://app:hunter2@db:5432/orders", "hunter2", "@db:5432/orders")]
    [TestCase("Authorization: Bearer eyJhbGciOi.payload.sig", "payload", "Bearer ***")]
    [TestCase("{\"apiKey\":\"hunter2\",\"name\":\"x\"}", "hunter2", "\"name\":\"x\"")]
    [TestCase("{\"client_secret\": \"a\\\"hunter2\", \"name\": \"x\"}", "hunter2", "\"name\": \"x\"")]
    [TestCase("AWS_SECRET_ACCESS_KEY=hunter2 region=eu", "hunter2", "region=eu")]
    [TestCase("used key AKIAIOSFODNN7EXAMPLE today", "AKIAIOSFODNN7EXAMPLE", "today")]
    [TestCase("-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY----- rest", "hunter2", "rest")]
    [TestCase("GET /files?X-Amz-Signature=hunter2&x=1", "hunter2", "x=1")]
    [TestCase("token: hunter2, next: 1", "hunter2", "next: 1")]
    public void What_looks_like_a_secret_is_masked_and_the_rest_stays(string text, string secret, string rest)
    {
        var masked = Secrets.Mask(text);

        Assert.That(masked, Does.Not.Contain(secret).And.Contain(Secrets.Masked).And.Contain(rest));
    }

    [TestCase("order 7 was placed by pass-through at 12:00")]
    [TestCase("http://127.0.0.1:5432/health")]
    [TestCase("the tokenizer has 5 tokens left")]
    [TestCase("")]
    public void Plain_text_stays_as_it_is(string text) => Assert.That(Secrets.Mask(text), Is.EqualTo(text));

    // What programs log when they log too much. {0} stands for the secret; what else is there has to stay.
    private static readonly string[] Notations =
    [
        "PGPASSWORD={0} psql -h db",
        "DB_PASS={0}; next",
        "dbPassword2={0} x",
        "{{\"DBPassword\":\"{0}\",\"name\":\"x\"}}",
        "{{\"config\":\"{{\\\"DBPassword\\\":\\\"{0}\\\",\\\"name\\\":\\\"x\\\"}}\"}}",
        "{{\"a\":\"{{\\\"b\\\":\\\"{{\\\\\\\"secret\\\\\\\": \\\\\\\"{0}\\\\\\\", \\\\\\\"k\\\\\\\": 1}}\\\"}}\"}}",
        "{{\"a\":\"{{\\u0022token\\u0022:\\u0022{0}\\u0022,\\u0022n\\u0022:1}}\"}}",
        "{{&quot;password&quot;:&quot;{0}&quot;,&quot;n&quot;:1}}",
        "{{'password': '{0}', 'n': 1}}",
        "config['password'] = '{0}' # n",
        "Action=CreateDBInstance&MasterUserPassword={0}&Version=2014-10-31",
        "aws rds create-db-instance --master-user-password {0} --multi-az",
        "aws rds create-db-instance --master-user-password={0} --multi-az",
        "aws rds create-db-instance --master-user-password '{0}' --multi-az",
        "[\"mysql\", \"--password\", \"{0}\", \"-h\", \"db\"]",
        "command:\n  - --password\n  - {0}\n  - --host",
        "docker run -e PASSWORD={0} image",
        "docker run -e \"PASSWORD={0}\" image",
        "[{{\"name\": \"DB_PASSWORD\", \"value\": \"{0}\"}}, {{\"name\": \"n\"}}]",
        "[{{\"ParameterKey\": \"DbPassword\", \"ParameterValue\": \"{0}\"}}, 1]",
        "- name: DB_PASSWORD\n  value: {0}\n- name: n",
        "<add key=\"DbPassword\" value=\"{0}\" n=\"1\" />",
        "<db password=\"{0}\" n=\"1\"/>",
        "<Db><Password>{0}</Password><n/></Db>",
        "<db:password type=\"text\">{0}</db:password><n/>",
        "<password><![CDATA[{0}]]></password><n/>",
        "&lt;password&gt;{0}&lt;/password&gt;&lt;n/&gt;",
        "postgres://app:{0}@db:5432/orders",
        "jdbc:postgresql://db/orders?user=app&password={0}&ssl=true",
        "https://bucket/x?X-Amz-Security-Token={0}&X-Amz-Signature={0}&X-Amz-Date=1",
        "url=https%3A%2F%2Fx%3Ftoken%3D{0}%26n%3D1",
        "authorization: bearer {0}\nhost: db",
        "Authorization: AWS4-HMAC-SHA256 Credential=x/y, SignedHeaders=host, Signature={0}\nhost: db",
        "curl -H \"Authorization: Token {0}\" https://db",
        "X-Amz-Security-Token: {0}\nhost: db",
        "{{\"X-Amz-Security-Token\": [\"{0}\"], \"host\": [\"db\"]}}",
        "Set-Cookie: session={0}; Path=/\nhost: db",
        "  password: {0}\n  host: db",
        "  password: \"{0}\"\n  host: db",
        "  password: |\n    {0}\n    {0}\n  host: db",
        "\"password\":\n  \"{0}\",\n\"host\": 1",
        "Host=db;Password=\"a;{0};b\";Database=x",
        "Host=db;Password='a''{0};b';Database=x",
        "Driver=x;Pwd={{a;{0}}};Database=x",
        "\"Host=db;Password=\\\"a;{0}\\\";Database=x\"",
        "spring.datasource.password={0}\nn=1",
        "@{{Password := {0}}} n",
        "key AKIAIOSFODNN7EXAMPLE, -----BEGIN PRIVATE KEY-----\n{0}\n-----END PRIVATE KEY-----, and then",
    ];

    private static readonly Gen<string> Secret = Gen.Char["abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!$*+-_~/."].Array[12, 40].Select(letters => "q" + new string(letters) + "Q7");

    [TestCaseSource(nameof(Notations))]
    public void A_secret_survives_in_no_notation(string notation)
    {
        const string Mark = "{0}";
        var last = notation[(notation.LastIndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].TrimStart('"', '\'', ']', '}', '\\').Replace("}}", "}", StringComparison.Ordinal);
        Secret.Sample(
            secret =>
            {
                var text = string.Format(System.Globalization.CultureInfo.InvariantCulture, notation, secret);
                var masked = Secrets.Mask(text);

                Assert.That(masked, Does.Not.Contain(secret[1..^1]).And.Contain(Secrets.Masked), text);
                Assert.That(masked, Does.EndWith(last[^Math.Min(3, last.Length)..]), "what comes after it stays");
                Assert.That(Secrets.Mask(masked), Is.EqualTo(masked), "twice is as good as once");
            },
            iter: 50);
    }

    [Test]
    public void The_secret_key_beside_a_key_of_AWS_is_masked_with_it() =>
        Assert.That(Secrets.Mask("used AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY today"), Is.EqualTo("used ***:*** today"));

    [Test]
    public void Text_without_secrets_is_the_same_text() =>
        OneOf("order", "7", "was placed", "passwords", "compass", "tokens", "tokenizer", "secretary", ":", "=", "\"", "'", ";", "{", "}", "\\", "\n", "\\\"", "keys", "://db:5432/", "@", "12:00", "--flag", "<tag>", "</tag>", "basic idea", "nextToken=abc", "&", "null")
            .Array[0, 30].Sample(words => string.Join(' ', words) is var text && ReferenceEquals(Secrets.Mask(text), text), iter: 2000);

    [Test]
    public void Any_text_can_be_masked_and_masking_again_changes_nothing() =>
        OneOf("password", "--token", "=", ":", " ", "\"", "'", "\\", "{", "}", "[", "]", ",", ";", "&", "\n", "<", ">", "</", "\\u0022", "&quot;", "|", "x", "yz", "://", "@", "bearer ", "-----BEGIN PRIVATE KEY-----", "-----END", "AKIAIOSFODNN7EXAMPLE", "value", "authorization", "%3D", "*")
            .Array[0, 24].Sample(parts => string.Concat(parts) is var text && Secrets.Mask(text) is var once && Secrets.Mask(once) is var twice && twice.Length <= once.Length, iter: 20_000);

    [Test]
    public void A_flag_between_brackets_is_no_element() =>
        Assert.That(Secrets.Mask("' ;<--token'--token=***>]"), Is.EqualTo("' ;<--token'--token=***>]"));

    [TestCase("a_", "password=hunter2")]
    [TestCase("password=", "")]
    [TestCase("password=\"", "")]
    [TestCase("password='x\n", "")]
    [TestCase("\\", "password=hunter2")]
    [TestCase("token=\\", "")]
    [TestCase("<password>", "")]
    [TestCase("<password>\n", "")]
    [TestCase("password: |\n", "")]
    [TestCase("a://b:", "")]
    [TestCase("--token ", "")]
    [TestCase("-----BEGIN PRIVATE KEY", "")]
    [TestCase("\"password\" : [\"", "")]
    [TestCase("bearer ", "")]
    [TestCase("AKIA", "")]
    [TestCase("x ", "password=hunter2")]
    [TestCase("&quot;token&quot;:", "")]
    public void A_megabyte_takes_no_time(string part, string end)
    {
        var text = string.Concat(Enumerable.Repeat(part, 1_000_000 / part.Length)) + end;
        var started = TimeProvider.System.GetTimestamp();
        var masked = Secrets.Mask(text);

        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(2)), "far less than a second where nobody else computes");
        Assert.That(masked, Does.Not.Contain("hunter2"));
    }

    [TestCase("Chaos.LedgerPassword", "x", "***")]
    [TestCase("TOXIPROXY_TOKEN", "x", "***")]
    [TestCase("apiKey", "x", "***")]
    [TestCase("Chaos.HaltFile", "artifacts/HALT", "artifacts/HALT")]
    [TestCase("Chaos.Ledger", "Host=db;Password=x", "Host=db;Password=***")]
    [TestCase("Token", "", "")]
    public void A_setting_is_masked_by_its_name_or_by_what_it_holds(string name, string value, string shown) => Assert.That(Secrets.Mask(name, value), Is.EqualTo(shown));

    private static Gen<string> OneOf(params string[] words) => Gen.Int[0, words.Length - 1].Select(index => words[index]);
}
