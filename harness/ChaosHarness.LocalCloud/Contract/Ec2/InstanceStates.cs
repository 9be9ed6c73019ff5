using Amazon.EC2.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Ec2;

/// <summary>The life of an instance, and what is refused in each state.</summary>
internal static class InstanceStates
{
    private const string Life = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-lifecycle.html";
    private const string Codes = "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-error-codes.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("ec2-01", "A launched instance is pending, state code 0, and then running, 16", Life, ContractCost.Instance, async account =>
        {
            var launched = (await Launches.LaunchAsync(account, Launches.Request(account)))[0];
            Claim.Same("the first state", ("pending", 0), (launched.State.Name.Value, launched.State.Code ?? -1));
            await Launches.IsAsync(account, launched.InstanceId, "running");
            Claim.Same("the code of running", 16, (await Launches.OneAsync(account, launched.InstanceId)).State.Code & 0xff);
        }),
        new("ec2-02", "A running instance that is stopped is stopping, and then stopped; the answer tells the state before", Life, ContractCost.Instance, async account =>
        {
            var id = await Launches.RunAsync(account);
            var change = (await StopAsync(account, id)).StoppingInstances[0];
            Claim.Same("the change", ("running", "stopping"), (change.PreviousState.Name.Value, change.CurrentState.Name.Value));
            await Launches.IsAsync(account, id, "stopped");
        }),
        new("ec2-03", "A stopped instance that is started is pending, and then running, with the same private address and a new launch time", Life, ContractCost.Instance, async account =>
        {
            var id = await StoppedAsync(account);
            var before = await Launches.OneAsync(account, id);
            var change = (await account.Ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = [id] })).StartingInstances[0];
            Claim.Same("the change", ("stopped", "pending"), (change.PreviousState.Name.Value, change.CurrentState.Name.Value));
            await Launches.IsAsync(account, id, "running");
            var after = await Launches.OneAsync(account, id);
            Claim.Same("the address", before.PrivateIpAddress, after.PrivateIpAddress);
            Claim.That("it was launched later", after.LaunchTime > before.LaunchTime);
        }),
        new("ec2-04", "A running instance that is terminated is shutting-down, and then terminated, and still described", Life, ContractCost.Instance, async account =>
        {
            var id = await Launches.RunAsync(account);
            var change = (await TerminateAsync(account, id)).TerminatingInstances[0];
            Claim.Same("the change", ("running", "shutting-down"), (change.PreviousState.Name.Value, change.CurrentState.Name.Value));
            await Launches.IsAsync(account, id, "terminated");
        }),
        new("ec2-05", "A stopped instance can be terminated", Life, ContractCost.Instance, async account =>
        {
            var id = await StoppedAsync(account);
            Claim.Same("the state before", "stopped", (await TerminateAsync(account, id)).TerminatingInstances[0].PreviousState.Name.Value);
            await Launches.IsAsync(account, id, "terminated");
        }),
        new("ec2-06", "Stopping an instance that is stopped changes nothing, and is no error", Life, ContractCost.Instance, async account =>
        {
            var id = await StoppedAsync(account);
            var change = (await StopAsync(account, id)).StoppingInstances[0];
            Claim.Same("the change", ("stopped", "stopped"), (change.PreviousState.Name.Value, change.CurrentState.Name.Value));
        }),
        new("ec2-07", "Starting an instance that runs changes nothing, and is no error", Life, ContractCost.Instance, async account =>
        {
            var id = await Launches.RunAsync(account);
            var change = (await account.Ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = [id] })).StartingInstances[0];
            Claim.Same("the change", ("running", "running"), (change.PreviousState.Name.Value, change.CurrentState.Name.Value));
        }),
        new("ec2-08", "Terminating an instance that is terminated changes nothing, and is no error", Life, ContractCost.Instance, async account =>
        {
            var id = await TerminatedAsync(account);
            var change = (await TerminateAsync(account, id)).TerminatingInstances[0];
            Claim.Same("the change", ("terminated", "terminated"), (change.PreviousState.Name.Value, change.CurrentState.Name.Value));
        }),
        new("ec2-09", "A pending instance cannot be stopped: `IncorrectInstanceState`, 400", Codes, ContractCost.Instance, async account =>
        {
            var id = (await Launches.LaunchAsync(account, Launches.Request(account)))[0].InstanceId;
            await Claim.RefusedAsync("IncorrectInstanceState", () => StopAsync(account, id));
        }),
        new("ec2-10", "A stopping instance cannot be started: `IncorrectInstanceState`, 400", Codes, ContractCost.Instance, async account =>
        {
            var id = await Launches.RunAsync(account);
            await StopAsync(account, id);
            await Claim.RefusedAsync("IncorrectInstanceState", () => account.Ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = [id] }));
        }),
        new("ec2-11", "A terminated instance cannot be started: `IncorrectInstanceState`, 400", Codes, ContractCost.Instance, async account =>
        {
            var id = await TerminatedAsync(account);
            await Claim.RefusedAsync("IncorrectInstanceState", () => account.Ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = [id] }));
        }),
        new("ec2-12", "A terminated instance cannot be stopped: `IncorrectInstanceState`, 400", Codes, ContractCost.Instance, async account =>
        {
            var id = await TerminatedAsync(account);
            await Claim.RefusedAsync("IncorrectInstanceState", () => StopAsync(account, id));
        }),
        new("ec2-13", "A terminated instance cannot be rebooted: `IncorrectInstanceState`, 400", Codes, ContractCost.Instance, async account =>
        {
            var id = await TerminatedAsync(account);
            await Claim.RefusedAsync("IncorrectInstanceState", () => account.Ec2.RebootInstancesAsync(new RebootInstancesRequest { InstanceIds = [id] }));
        }),
        new("ec2-14", "A call for several instances of which one cannot be stopped stops none", Codes, ContractCost.Instance, async account =>
        {
            var (running, terminated) = (await Launches.RunAsync(account), await TerminatedAsync(account));
            await Claim.RefusedAsync("IncorrectInstanceState", () => account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [running, terminated] }));
            Claim.Same("the state of the other", "running", await Launches.StateAsync(account, running));
        }),
        new("ec2-15", "A reboot does not change the state", Life, ContractCost.Instance, async account =>
        {
            var id = await Launches.RunAsync(account);
            await account.Ec2.RebootInstancesAsync(new RebootInstancesRequest { InstanceIds = [id] });
            Claim.Same("the state", "running", await Launches.StateAsync(account, id));
        }),
        new("ec2-16", "Why an instance was stopped is told: `Client.UserInitiatedShutdown`", "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_StateReason.html", ContractCost.Instance, async account =>
        {
            var id = await StoppedAsync(account);
            Claim.Same("the reason", "Client.UserInitiatedShutdown", (await Launches.OneAsync(account, id)).StateReason?.Code);
        }),
        Unknown("ec2-17", "described", "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeInstances.html", (account, id) => account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [id] })),
        Unknown("ec2-18", "started", Codes, (account, id) => account.Ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = [id] })),
        Unknown("ec2-19", "stopped", Codes, StopAsync),
        Unknown("ec2-20", "terminated", Codes, TerminateAsync),
        Unknown("ec2-21", "rebooted", Codes, (account, id) => account.Ec2.RebootInstancesAsync(new RebootInstancesRequest { InstanceIds = [id] })),
        new("ec2-22", "An id that is none is refused as malformed: `InvalidInstanceID.Malformed`, 400", Codes, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidInstanceID.Malformed", () => StopAsync(account, "nonsense"))),
    ];

    private static ContractCase Unknown(string id, string what, string source, Func<ContractAccount, string, Task> call) => new(id, $"An instance that is not there cannot be {what}: `InvalidInstanceID.NotFound`, 400", source, ContractCost.Nothing, account =>
        Claim.RefusedAsync("InvalidInstanceID.NotFound", () => call(account, "i-0123456789abcdef0")));

    private static Task<StopInstancesResponse> StopAsync(ContractAccount account, string id) => account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [id] });

    private static Task<TerminateInstancesResponse> TerminateAsync(ContractAccount account, string id) => account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [id] });

    private static async Task<string> StoppedAsync(ContractAccount account)
    {
        var id = await Launches.RunAsync(account);
        await StopAsync(account, id);
        await Launches.IsAsync(account, id, "stopped");
        return id;
    }

    private static async Task<string> TerminatedAsync(ContractAccount account)
    {
        var id = (await Launches.LaunchAsync(account, Launches.Request(account)))[0].InstanceId;
        await TerminateAsync(account, id);
        await Launches.IsAsync(account, id, "terminated");
        return id;
    }
}
