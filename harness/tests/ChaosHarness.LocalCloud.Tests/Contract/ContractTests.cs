using System.Globalization;
using Amazon;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.LocalCloud.Contract;

namespace ChaosHarness.LocalCloud.Tests.Contract;

/// <summary>
/// Every case of the contract, against the local cloud; with <c>CHAOSHARNESS_CONTRACT=account</c> against the account of the usual credentials,
/// in the region of <c>AWS_REGION</c>, where <c>CHAOSHARNESS_CONTRACT_ACCOUNTS</c> allows it.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public sealed class ContractTests
{
    private static readonly bool IsAccount = Environment.GetEnvironmentVariable("CHAOSHARNESS_CONTRACT") == "account";
    private LocalCloud? _cloud;
    private AwsAccount? _account;
    private ContractAccount _contract = null!;

    private static IEnumerable<TestCaseData> Cases => FidelityContract.Cases.Select(one => new TestCaseData(one).SetArgDisplayNames(one.Id));

    [OneTimeSetUp]
    public async Task Open()
    {
        Assume.That(OperatingSystem.IsLinux(), "the local cloud needs Linux");
        if (IsAccount)
        {
            await OpenAccountAsync();
            return;
        }

        _cloud = await LocalCloud.StartAsync(new LocalCloudOptions { OtherRegions = ["us-west-2"], Speed = 60, LoadBalancers = [new LoadBalancerPlan("contract") { HealthCheckPath = "/hello" }] });
        _account = new AwsAccount(RegionEndpoint.GetBySystemName(_cloud.Options.Region), _cloud.Credentials, _cloud.Url) { MaximumRetries = 0 };
        _contract = new ContractAccount(_account, _cloud.Credentials) { LoadBalancer = "contract" };
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (_contract is not null)
        {
            await _contract.DisposeAsync();
        }

        _account?.Dispose();
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
    }

    [TestCaseSource(nameof(Cases))]
    public async Task It_holds(ContractCase one)
    {
        ArgumentNullException.ThrowIfNull(one);
        try
        {
            await one.CheckAsync(_contract);
        }
        catch (ContractImpossibleException missing)
        {
            Assert.Ignore(missing.Message);
        }
        catch (ContractBrokenException broken)
        {
            Assert.Fail($"{one}\n{broken.Message}\n{one.Source}");
        }
    }

    private async Task OpenAccountAsync()
    {
        var region = Environment.GetEnvironmentVariable("AWS_REGION") ?? throw new InvalidOperationException("AWS_REGION has to say where the contract is checked");
        var allowed = (Environment.GetEnvironmentVariable("CHAOSHARNESS_CONTRACT_ACCOUNTS") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        _account = new AwsAccount(RegionEndpoint.GetBySystemName(region)) { Policy = new AwsPolicy { AllowedAccounts = allowed, AllowedRegions = [region] } };
        Assert.That(await _account.WhyRefusedAsync(default), Is.Null, "CHAOSHARNESS_CONTRACT_ACCOUNTS names the accounts that may be used");
        await TestContext.Progress.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The contract has {FidelityContract.Cases.Count} cases. In this account they cost up to {FidelityContract.Cases.Sum(one => one.Cost.Usd):0.00} USD, by list prices, and take up to {FidelityContract.Cases.Max(one => one.Cost.Time).TotalMinutes:0} minutes each."));
        _contract = new ContractAccount(_account, Amazon.Runtime.Credentials.DefaultAWSCredentialsIdentityResolver.GetCredentials())
        {
            LoadBalancer = Environment.GetEnvironmentVariable("CHAOSHARNESS_CONTRACT_LOAD_BALANCER"),
            Role = Environment.GetEnvironmentVariable("CHAOSHARNESS_CONTRACT_ROLE"),
        };
    }
}
