using Amazon.SecurityToken.Model;
using ChaosHarness.Fixtures.Aws;
using ChaosHarness.Fixtures.OrderSystems;
using ChaosHarness.Timing;

namespace Experiments.Cloud;

/// <summary>What the experiments on AWS share. They are written once, for an account and for a local cloud: objectives are the account's, and a local cloud that is faster is held to as much less.</summary>
[AllureFeature("AWS"), AllureSeverity(SeverityLevel.critical)]
public abstract class CloudExperiments : ExperimentFixture
{
    private const string ExampleAccount = "111122223333";
    private const string ExampleRegion = "us-east-1";
    private AwsOrderSystem? _shop;
    private string? _accountId;

    protected AwsOrderSystem Shop => _shop!;

    protected AwsAccount Account => Shop.Account;

    protected OrderTraffic Orders => Shop.Orders;

    [SetUp]
    public async Task FindTheSystem()
    {
        _shop = await SharedCloudSystem.FindAsync(CancellationToken.None);
        _accountId = (await Account.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Account;
    }

    [TearDown]
    public void LetGo() => _shop?.Dispose();

    /// <summary>Begins an experiment under 50 orders a second, with the steady state that all of them share.</summary>
    protected ExperimentBuilder Hypothesis(string statement) => Experiment.Hypothesis(statement)
        .On(Shop.UnderTest)
        .Workload(Orders.Place(perSecond: 50))
        .Probe(Shop.HealthyCapacity().Every("250ms"))
        .SteadyState(
            Orders.SuccessRate.AtLeast(0.99),
            Orders.Latency.Percentile(99).AtMost("400ms"),
            new SuccessRate("capacity").AtLeast(1))
        .VerifyWithin(Here("20m"));

    /// <summary>How long here is what lasts this long in the account; at least a second.</summary>
    protected string Here(string inAccount) => DurationText.Format(TimeSpan.FromSeconds(Math.Max(1, Math.Round(DurationText.Parse(inAccount).TotalSeconds / Shop.UnderTest.Speed))));

    /// <summary>An experiment of FIS from a file in templates, for this account and region.</summary>
    protected ChaosHarness.Faults.Fault Fis(string template, params IReadOnlyList<string> targets) => Account.Experiment(Template(template), targets);

    protected FisTemplate Template(string name, string? zone = null) => FisTemplate.FromFile(
        Path.Combine(AppContext.BaseDirectory, "templates", name + ".json"),
        (ExampleRegion + "a", zone ?? ExampleRegion + "a"),
        (ExampleAccount, _accountId!),
        (ExampleRegion, Account.Region));

    /// <summary>The role that operators of the system take on.</summary>
    protected string OperatorArn => AwsOrderSystem.OperatorArn(_accountId!);
}
