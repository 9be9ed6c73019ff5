using ChaosHarness.Safety;

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

    [Test]
    public void A_text_made_to_be_searched_for_ever_is_given_up()
    {
        var started = TimeProvider.System.GetTimestamp();

        var masked = Secrets.Mask(string.Concat(Enumerable.Repeat("a_", 200_000)) + "password=hunter2");

        Assert.That(masked, Does.Not.Contain("hunter2"));
        Assert.That(TimeProvider.System.GetElapsedTime(started), Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [TestCase("Chaos.LedgerPassword", "x", "***")]
    [TestCase("TOXIPROXY_TOKEN", "x", "***")]
    [TestCase("apiKey", "x", "***")]
    [TestCase("Chaos.HaltFile", "artifacts/HALT", "artifacts/HALT")]
    [TestCase("Chaos.Ledger", "Host=db;Password=x", "Host=db;Password=***")]
    [TestCase("Token", "", "")]
    public void A_setting_is_masked_by_its_name_or_by_what_it_holds(string name, string value, string shown) => Assert.That(Secrets.Mask(name, value), Is.EqualTo(shown));
}
