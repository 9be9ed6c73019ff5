using Amazon.EC2.Model;

namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>Two instances that run in two zones, for cases that only look at them.</summary>
internal sealed record TwoInstances(Instance First, Instance Second)
{
    public static async Task<TwoInstances> MakeAsync(ContractAccount account)
    {
        var zones = (await account.Ec2.DescribeAvailabilityZonesAsync(new DescribeAvailabilityZonesRequest())).AvailabilityZones;
        var ids = new List<string>();
        foreach (var (zone, name) in zones.Take(2).Zip(["first", "second"]))
        {
            var request = Launches.Request(account, ("Name", account.Name(name)), ("look", account.Prefix), (name, ""));
            request.Placement = new Placement { AvailabilityZone = zone.ZoneName };
            request.ClientToken = account.Name(name);
            ids.Add((await Launches.LaunchAsync(account, request))[0].InstanceId);
        }

        foreach (var id in ids)
        {
            await Launches.IsAsync(account, id, "running");
        }

        return new TwoInstances(await Launches.OneAsync(account, ids[0]), await Launches.OneAsync(account, ids[1]));
    }
}
