namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>The instance that groups are made after.</summary>
internal sealed record ModelInstance(string Id)
{
    public static async Task<ModelInstance> MakeAsync(ContractAccount account)
    {
        var request = Launches.Request(account);
        request.UserData = Launches.ProgramData;
        var id = (await Launches.LaunchAsync(account, request))[0].InstanceId;
        await Launches.IsAsync(account, id, "running");
        return new ModelInstance(id);
    }
}
