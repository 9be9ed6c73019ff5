namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>A database in one zone, without backups, that cases change one at a time; each leaves it available.</summary>
internal sealed record WorkedOnDatabase(string Id) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    public static async Task<WorkedOnDatabase> MakeAsync(ContractAccount account) => new((await MadeDatabases.MakeAsync(account, "worked-on")).DBInstanceIdentifier);

    public static async Task UseAsync(ContractAccount account, Func<string, Task> work)
    {
        var database = await account.SharedAsync(MakeAsync);
        await database._turn.WaitAsync();
        try
        {
            await work(database.Id);
            await MadeDatabases.AvailableAsync(account, database.Id);
        }
        finally
        {
            database._turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
