namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>A bucket without versions, for cases that put objects under keys of their own.</summary>
internal sealed record OneBucket(string Name)
{
    public static async Task<OneBucket> MakeAsync(ContractAccount account) => new(await MadeBuckets.MakeAsync(account, "objects"));

    public static async Task<string> NameAsync(ContractAccount account) => (await account.SharedAsync(MakeAsync)).Name;
}
