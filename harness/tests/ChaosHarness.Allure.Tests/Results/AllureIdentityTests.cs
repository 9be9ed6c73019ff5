using System.Security.Cryptography;
using System.Text;
using ChaosHarness.Allure.Results;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Tests.Results;

public sealed class AllureIdentityTests
{
    [Test]
    public void Without_parameters_it_is_that_of_the_common_adapter()
    {
        const string FullName = "ChaosHarness.Allure.Tests:ChaosHarness.Allure.Tests.Subjects.Takes_a_token(System.Threading.CancellationToken)";

        var identity = AllureIdentity.Of(Records.Test(typeof(Subjects), nameof(Subjects.Takes_a_token)));

        Assert.That(identity.FullName, Is.EqualTo(FullName));
        Assert.That(identity.TestCaseId, Is.EqualTo(Md5(FullName)));
        Assert.That(identity.HistoryId, Is.EqualTo(Md5($"{{\"fullName\":\"{FullName}\",\"parameters\":[]}}")));
        Assert.That(identity.TitlePath, Is.EqualTo(new[] { "ChaosHarness.Allure.Tests", "ChaosHarness", "Allure", "Tests", "Subjects" }));
    }

    [Test]
    public void Values_of_parameters_are_part_of_it_in_the_order_of_their_names()
    {
        const string FullName = "ChaosHarness.Allure.Tests:ChaosHarness.Allure.Tests.Subjects.Takes_values(System.String,System.Int32)";
        var test = Records.Test(typeof(Subjects), nameof(Subjects.Takes_values), new TestParameter("later", "2s"), new TestParameter("count", 7));

        var identity = AllureIdentity.Of(test);

        Assert.That(identity.HistoryId, Is.EqualTo(Md5($"{{\"fullName\":\"{FullName}\",\"parameters\":[\"7\",\"\\\"2s\\\"\"]}}")));
        Assert.That(identity.TestCaseId, Is.EqualTo(Md5(FullName)));
    }

    [Test]
    public void Other_values_are_another_history()
    {
        object?[] values = [null, "null", "7", 7, 7.5, true, "True", "", ' ', TimeSpan.FromSeconds(7), new[] { 1, 2 }, new[] { 12 }, double.NaN, typeof(int)];
        var histories = values.Select(value => AllureIdentity.Of(Records.Test(typeof(Subjects), nameof(Subjects.Named), new TestParameter("value", value))).HistoryId);

        Assert.That(histories, Is.Unique);
    }

    [Test]
    public void What_was_measured_is_no_part_of_it()
    {
        var test = Records.Test(typeof(Subjects), nameof(Subjects.Named));
        var other = test with { Runs = [Records.Run with { RunId = "other", Figures = [] }], Attempt = 2, Outcome = Outcome.Failed, Name = "renamed" };

        Assert.That(AllureIdentity.Of(other).HistoryId, Is.EqualTo(AllureIdentity.Of(test).HistoryId));
    }

    [Test]
    public void Generic_classes_are_named_without_the_versions_of_assemblies()
    {
        var identity = AllureIdentity.Of(Records.Test(typeof(GenericSubjects<string>), "Takes_a_list"));

        Assert.That(identity.FullName, Does.StartWith("ChaosHarness.Allure.Tests:ChaosHarness.Allure.Tests.GenericSubjects`1.Takes_a_list(System.Collections.Generic.IReadOnlyList`1[System.String],System.Collections.Generic.List`1[System.Int32],ChaosHarness.Allure.Tests:"));
        Assert.That(identity.FullName, Does.Not.Contain("Version="));
    }

    [Test]
    public void An_inherited_method_belongs_to_the_class_that_it_runs_in() => Assert.That(
        AllureIdentity.Of(Records.Test(typeof(GenericSubjects<int>), nameof(Subjects.Named))).FullName,
        Is.EqualTo("ChaosHarness.Allure.Tests:ChaosHarness.Allure.Tests.GenericSubjects`1.Named()"));

#pragma warning disable CA5351 // The format asks for MD5.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
