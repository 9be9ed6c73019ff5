namespace ChaosHarness.Ledger.Tests;

public sealed class LedgerAddressTests
{
    [TestCase(null, "/base/artifacts/history/ledger.db")]
    [TestCase("", "/base/artifacts/history/ledger.db")]
    [TestCase("runs.db", "/base/runs.db")]
    [TestCase("/elsewhere/runs.db", "/elsewhere/runs.db")]
    [TestCase("Data Source=runs.db;Mode=ReadOnly", "/base/runs.db")]
    [TestCase("Host=db;Username=app;Password=hunter2;Database=history", "postgresql://db:5432/history")]
    [TestCase("postgresql://app:hunter2@db:6000/history?sslmode=require", "postgresql://db:6000/history")]
    [TestCase("postgres://app:hunter%402@db/history", "postgresql://db:5432/history")]
    public void An_address_shows_where_it_leads_and_no_secret(string? text, string shown)
    {
        var address = LedgerAddress.Parse(text, "/base");

        Assert.That(address.Shown, Is.EqualTo(shown));
        Assert.That(address.ToString(), Does.Not.Contain("hunter"));
    }

    [TestCase("Host=db;Nonsense=1")]
    [TestCase("Data Source=x;Nonsense=1")]
    [TestCase("postgresql://db/x?nonsense=1")]
    public void What_cannot_be_read_is_told_without_repeating_it(string text) =>
        Assert.That(() => LedgerAddress.Parse(text, "/base"), Throws.TypeOf<LedgerException>().With.Message.StartsWith("The address of the ledger cannot be read"));

    [Test]
    public void A_database_that_does_not_answer_is_told_without_its_password() =>
        Assert.That(
            () => RunLedger.OpenAsync(LedgerAddress.Parse("Host=127.0.0.1;Port=1;Username=app;Password=hunter2;Database=history;Timeout=1", "/base")),
            Throws.TypeOf<LedgerException>().With.Message.Contains("postgresql://127.0.0.1:1/history cannot be reached").And.Message.Not.Contains("hunter2"));
}
