namespace ChaosHarness.Allure.Tests;

/// <summary>A class of tests as a team has it; only its names and attributes matter.</summary>
[AllureFeature("Databases"), AllureSeverity(SeverityLevel.critical), AllureTag("one"), AllureTag("two"), AllureIssue("BUG-1", "https://example.test/1")]
public class Subjects
{
    [AllureName("A better name"), AllureDescription("Why it matters")]
    public virtual void Named() => Assert.Fail("only looked at");

    public virtual void Takes_a_token(CancellationToken halt) => Assert.Fail($"only looked at {halt}");

    public virtual void Takes_values(string later, int count) => Assert.Fail($"only looked at {later} {count}");
}
