using System.Runtime.CompilerServices;
using ChaosHarness.LocalCloud.Contract;

namespace ChaosHarness.LocalCloud.Tests.Contract;

/// <summary>Each case has a name and a source of its own, and the documentation has them all.</summary>
public sealed class ContractDocsTests
{
    private const string Marker = "<!-- contract: printed by ./run localcloud --contract -->\n";

    [Test]
    public void Cases_have_names_of_their_own() => Assert.That(FidelityContract.Cases.Select(one => one.Id), Is.Unique);

    [Test]
    public void Each_case_has_a_source_of_AWS() => Assert.That(FidelityContract.Cases.Select(one => one.Source.Host), Is.All.EqualTo("docs.aws.amazon.com"));

    [Test]
    public void A_broken_case_says_what_was_expected_and_what_came() => Assert.That(
        () => Claim.Same("the state", "running", "pending"),
        Throws.TypeOf<ContractBrokenException>().With.Message.EqualTo("the state: expected 'running', but was 'pending'"));

    [Test]
    public void The_documentation_has_the_table_that_is_printed()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "local-cloud.md"));

        Assert.That(page[(page.IndexOf(Marker, StringComparison.Ordinal) + Marker.Length)..].Trim(), Is.EqualTo(ContractTable.Markdown().Trim()), "print it again: ./run localcloud --contract");
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "..", ".."));
}
