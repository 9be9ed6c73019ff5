using System.Globalization;

namespace ChaosHarness.LocalCloud.Contract;

/// <summary>What a check costs in an account, by AWS's list prices in us-east-1, rounded up. What several checks share is counted with each.</summary>
/// <param name="Usd">In US dollars.</param>
/// <param name="Time">How long it takes there.</param>
public sealed record ContractCost(decimal Usd, TimeSpan Time)
{
    internal static ContractCost Nothing { get; } = new(0, TimeSpan.FromSeconds(1));

    internal static ContractCost Objects { get; } = new(0.0001m, TimeSpan.FromSeconds(5));

    internal static ContractCost Alarm { get; } = new(0.01m, TimeSpan.FromMinutes(6));

    internal static ContractCost Volume { get; } = new(0.001m, TimeSpan.FromMinutes(2));

    internal static ContractCost Instance { get; } = new(0.01m, TimeSpan.FromMinutes(5));

    internal static ContractCost Group { get; } = new(0.02m, TimeSpan.FromMinutes(10));

    internal static ContractCost Database { get; } = new(0.05m, TimeSpan.FromMinutes(20));

    internal static ContractCost Failover { get; } = new(0.10m, TimeSpan.FromMinutes(30));

    internal static ContractCost Experiment { get; } = new(0.20m, TimeSpan.FromMinutes(3));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Usd:0.####} USD, {(Time.TotalMinutes < 1 ? $"{Time.TotalSeconds:0} s" : $"{Time.TotalMinutes:0} min")}");
}
