using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Reports.Pages;

namespace ChaosHarness.Reports.Tests.Pages;

public sealed class AllureLinksTests
{
    private const string Uuid = "03cd22a1-dbe1-41bb-8665-26882c47d2c3";
    private string _folder = "";

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("links-").FullName;
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, AllureLinks.Folder)).FullName, "index.html"), "");
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("", TestName = "A run of the results is linked, and another is not")]
    [TestCase("\\\"", TestName = "A run of results that have its id in quotes is linked too")]
    public async Task A_run_of_the_results_is_linked_and_another_is_not(string quote)
    {
        var (shown, other) = (Make.Run(), Make.Run());
        Add("a", $$"""{"uuid":"{{Uuid}}","parameters":[{"name":"RTA","value":"\"1s\""},{"name":"Run","value":"{{quote}}{{shown.RunId}}{{quote}}"}]}""");

        var links = AllureLinks.Read(_folder, _folder);

        // The MD5 of the uuid is what the site calls the page of a result.
        const string Link = "allure/index.html#19337f06c52787fadc6bbe7becfb3cc6";
        Assert.That(links.Of(shown.RunId), Is.EqualTo(Link));
        Assert.That(links.Of(other.RunId), Is.Null);
        var html = ScorecardPage.Write(await Scorecards.OfAsync([shown, other]), links);
        Assert.That(html.Split(links.Of(shown.RunId)!), Has.Length.EqualTo(2));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{\"uuid\":null,\"parameters\":[]}")]
    [TestCase("{\"uuid\":\"x\",\"parameters\":[{\"name\":\"Run\",\"value\":null}]}")]
    public void Results_of_others_are_passed_over(string json)
    {
        Add("a", json);

        Assert.That(() => AllureLinks.Read(_folder, _folder), Throws.Nothing);
    }

    [Test]
    public void Without_a_site_nothing_leads_to_it()
    {
        Add("a", """{"uuid":"x","parameters":[{"name":"Run","value":"run"}]}""");
        Assert.That(AllureLinks.Read(_folder, _folder).Of("run"), Is.Not.Null);

        Directory.Delete(Path.Combine(_folder, AllureLinks.Folder), recursive: true);
        Assert.That(AllureLinks.Read(_folder, _folder).Of("run"), Is.Null);
    }

    [Test]
    public void Without_results_there_are_no_links() => Assert.That(AllureLinks.Read(Path.Combine(_folder, "nowhere"), _folder).Of("x"), Is.Null);

    private void Add(string name, string json) => File.WriteAllText(Path.Combine(_folder, name + "-result.json"), json);
}
