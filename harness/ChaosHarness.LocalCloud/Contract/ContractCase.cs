namespace ChaosHarness.LocalCloud.Contract;

/// <summary>One thing that the local cloud promises to do as AWS does, with a check that can be made here and in an account.</summary>
public sealed record ContractCase
{
    private static readonly Dictionary<string, string> Services = new(StringComparer.Ordinal)
    {
        ["asg"] = "Auto Scaling",
        ["cw"] = "CloudWatch",
        ["ec2"] = "EC2",
        ["elb"] = "ELBv2",
        ["fis"] = "FIS",
        ["r53"] = "Route 53",
        ["rds"] = "RDS",
        ["s3"] = "S3",
        ["sts"] = "STS",
    };

    internal ContractCase(string id, string behaviour, string source, ContractCost cost, Func<ContractAccount, Task> check)
    {
        Id = id;
        Service = Services[id[..id.IndexOf('-', StringComparison.Ordinal)]];
        Behaviour = behaviour;
        Source = new Uri(source);
        Cost = cost;
        Check = check;
    }

    /// <summary>What it is called, such as <c>rds-07</c>.</summary>
    public string Id { get; }

    /// <summary>The service.</summary>
    public string Service { get; }

    /// <summary>What AWS does, in a sentence.</summary>
    public string Behaviour { get; }

    /// <summary>Where AWS says so.</summary>
    public Uri Source { get; }

    /// <summary>What the check costs in an account.</summary>
    public ContractCost Cost { get; }

    private Func<ContractAccount, Task> Check { get; }

    /// <summary>Checks it.</summary>
    /// <param name="account">Where.</param>
    /// <returns>When it holds.</returns>
    /// <exception cref="ContractBrokenException">It does not hold; says what was expected and what came.</exception>
    /// <exception cref="ContractImpossibleException">It cannot be checked there; says what is missing.</exception>
    public Task CheckAsync(ContractAccount account) => Check(account);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Behaviour}";
}
