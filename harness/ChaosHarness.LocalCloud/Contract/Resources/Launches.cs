using System.Text;
using Amazon.EC2.Model;

namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>Instances that cases launch: the smallest, removed at the end.</summary>
internal static class Launches
{
    // The program serves a file: what load balancers ask for.
    private const string Program = """
        #!/bin/sh
        mkdir -p www
        echo hello > www/hello
        cd www
        [ -n "$PORT" ] && exec python3 -m http.server $PORT --bind 127.0.0.1 2>/dev/null
        exec python3 -m http.server 8080

        """;

    public static RunInstancesRequest Request(ContractAccount account, params IEnumerable<(string Key, string Value)> tags) => new()
    {
        ImageId = "resolve:ssm:/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        InstanceType = "t3.micro",
        MinCount = 1,
        MaxCount = 1,
        TagSpecifications = [new TagSpecification { ResourceType = Amazon.EC2.ResourceType.Instance, Tags = [new Tag(ContractAccount.Tag, account.Prefix), .. tags.Select(tag => new Tag(tag.Key, tag.Value))] }],
    };

    public static string ProgramData { get; } = Convert.ToBase64String(Encoding.UTF8.GetBytes(Program));

    /// <summary>Launches, without waiting.</summary>
    public static async Task<List<Instance>> LaunchAsync(ContractAccount account, RunInstancesRequest request)
    {
        var launched = (await account.Ec2.RunInstancesAsync(request)).Reservation.Instances;
        var ids = launched.ConvertAll(instance => instance.InstanceId);
        account.OnEnd(() => account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = ids }));
        return launched;
    }

    /// <summary>Launches one, and waits until it runs.</summary>
    public static async Task<string> RunAsync(ContractAccount account)
    {
        var id = (await LaunchAsync(account, Request(account)))[0].InstanceId;
        await IsAsync(account, id, "running");
        return id;
    }

    public static Task IsAsync(ContractAccount account, string id, string state) => account.UntilAsync($"{id} is {state}", async () => await StateAsync(account, id) == state);

    public static async Task<string> StateAsync(ContractAccount account, string id) => (await OneAsync(account, id)).State.Name.Value;

    public static async Task<Instance> OneAsync(ContractAccount account, string id) =>
        (await account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [id] })).Reservations[0].Instances[0];
}
