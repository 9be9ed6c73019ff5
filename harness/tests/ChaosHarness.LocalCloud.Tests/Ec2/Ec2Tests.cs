using Amazon.EC2;
using Amazon.EC2.Model;

namespace ChaosHarness.LocalCloud.Tests.Ec2;

/// <summary>Instances are processes, with the states and errors of EC2.</summary>
public sealed class Ec2Tests : CloudTests
{
    [Test]
    public async Task An_instance_runs_its_program_and_goes_through_all_states()
    {
        var instance = await RunAsync();
        var id = instance.InstanceId;

        var stopping = await Account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [id] });
        Assert.That((stopping.StoppingInstances[0].PreviousState.Name.Value, stopping.StoppingInstances[0].CurrentState.Name.Value), Is.EqualTo(("running", "stopping")));
        await UntilAsync(async () => await StateAsync(id) == "stopped", "it stops");
        Assert.That(await ServesAsync(instance, 1), Is.False);

        await Account.Ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = [id] });
        await UntilAsync(() => ServesAsync(instance), "it serves again, at the same address");

        await Account.Ec2.RebootInstancesAsync(new RebootInstancesRequest { InstanceIds = [id] });
        await UntilAsync(async () => !await ServesAsync(instance, 1), "a reboot ends its program");
        Assert.That(await StateAsync(id), Is.EqualTo("running"));
        await UntilAsync(() => ServesAsync(instance), "and starts it again");

        await Account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [id] });
        await UntilAsync(async () => await StateAsync(id) == "terminated", "it is terminated");
        Assert.That(() => Account.Ec2.StartInstancesAsync(new StartInstancesRequest { InstanceIds = [id] }), Fails("IncorrectInstanceState"));
    }

    [Test]
    public async Task A_termination_overtakes_a_stop_that_is_under_way()
    {
        var instance = await RunAsync();
        await Account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [instance.InstanceId] });
        await Account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest { InstanceIds = [instance.InstanceId] });

        await UntilAsync(async () => await StateAsync(instance.InstanceId) == "terminated", "it ends as terminated, not as stopped");
    }

    [Test]
    public async Task A_resource_has_fifty_tags_at_most()
    {
        var id = (await RunAsync(tags: ("purpose", "tagged"))).InstanceId;

        Assert.That(() => TagAsync(50), Fails("TagLimitExceeded"), "one was there");
        await TagAsync(49);
        await TagAsync(49);

        Task TagAsync(int count) => Account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [id], Tags = [.. Enumerable.Range(0, count).Select(number => new Tag($"k{number}", "v"))] });
    }

    [Test]
    public async Task A_program_that_dies_is_not_seen_in_the_status()
    {
        var instance = await RunAsync();
        await Cloud.Compute.Find(instance.InstanceId)!.KillProgramAsync();

        var status = await Account.Ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { InstanceIds = [instance.InstanceId] });
        Assert.That(status.InstanceStatuses[0].Status.Status.Value, Is.EqualTo("ok"), "the checks see the instance");
    }

    [Test]
    public async Task Instances_are_found_by_filters_and_page_by_page()
    {
        await RunAsync("us-east-1b", ("role", "found"), ("Name", "web-1"));
        await RunAsync("us-east-1c", ("role", "found"), ("Name", "web-2"));

        Assert.That(await NamesAsync(("tag:role", "found")), Is.EquivalentTo(new[] { "web-1", "web-2" }));
        Assert.That(await NamesAsync(("tag:role", "found"), ("availability-zone", "us-east-1b")), Is.EqualTo(new[] { "web-1" }));
        Assert.That(await NamesAsync(("tag:Name", "web-*"), ("instance-state-name", "stopped")), Is.Empty);
        Assert.That(await NamesAsync(("tag-key", "role")), Has.Count.EqualTo(2));
        Assert.That(async () => await NamesAsync(("colour", "red")), Fails("InvalidParameterValue"));

        var pages = new List<string>();
        await Account.Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-1", MinCount = 6, MaxCount = 6 });
        string? next = null;
        do
        {
            var page = await Account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { MaxResults = 5, NextToken = next });
            pages.AddRange(page.Reservations.SelectMany(reservation => reservation.Instances).Select(instance => instance.InstanceId));
            next = page.NextToken;
        }
        while (next is not null);
        Assert.That(pages, Is.Unique.And.Count.GreaterThanOrEqualTo(8));
    }

    [Test]
    public async Task A_dry_run_does_nothing_and_says_whether_it_could()
    {
        var before = Cloud.Compute.Instances.Count;

        Assert.That(() => Account.Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-1", MinCount = 1, MaxCount = 1, DryRun = true }), Fails("DryRunOperation"));
        Assert.That(() => Account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = ["i-00000000"], DryRun = true }), Fails("InvalidInstanceID.NotFound"));
        Assert.That(Cloud.Compute.Instances, Has.Count.EqualTo(before));
        await Task.CompletedTask;
    }

    [Test]
    public async Task A_launch_with_a_token_happens_once()
    {
        var request = new RunInstancesRequest { ImageId = "ami-1", MinCount = 1, MaxCount = 1, ClientToken = "once" };
        var first = await Account.Ec2.RunInstancesAsync(request);
        var second = await Account.Ec2.RunInstancesAsync(request);

        Assert.That(second.Reservation.Instances[0].InstanceId, Is.EqualTo(first.Reservation.Instances[0].InstanceId));
    }

    [Test]
    public async Task A_volume_comes_from_a_snapshot_once_that_is_done()
    {
        var volume = await Account.Ec2.CreateVolumeAsync(new CreateVolumeRequest { AvailabilityZone = "us-east-1a", Size = 4 });
        var snapshot = await Account.Ec2.CreateSnapshotAsync(new CreateSnapshotRequest { VolumeId = volume.Volume.VolumeId, Description = "before" });
        var copy = new CreateVolumeRequest { AvailabilityZone = "us-east-1b", SnapshotId = snapshot.Snapshot.SnapshotId, DryRun = true };

        Assert.That(() => Account.Ec2.CreateVolumeAsync(copy), Fails("IncorrectState"));
        await UntilAsync(async () => (await Account.Ec2.DescribeSnapshotsAsync(new DescribeSnapshotsRequest { SnapshotIds = [snapshot.Snapshot.SnapshotId] })).Snapshots[0].State == SnapshotState.Completed, "the snapshot is done");
        Assert.That(() => Account.Ec2.CreateVolumeAsync(copy), Fails("DryRunOperation"), "success arrives as an error");
        await Account.Ec2.DeleteSnapshotAsync(new DeleteSnapshotRequest { SnapshotId = snapshot.Snapshot.SnapshotId });
        Assert.That(() => Account.Ec2.CreateVolumeAsync(copy), Fails("InvalidSnapshot.NotFound"));
        await Account.Ec2.DeleteVolumeAsync(new DeleteVolumeRequest { VolumeId = volume.Volume.VolumeId });
    }

    [Test]
    public async Task Tags_are_added_and_listed()
    {
        var instance = await RunAsync();
        await Account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [instance.InstanceId], Tags = [new Tag("owner", "tea"), new Tag("cost", "")] });

        var tags = await Account.Ec2.DescribeTagsAsync(new DescribeTagsRequest { Filters = [new Filter("resource-id", [instance.InstanceId])] });
        Assert.That(tags.Tags.Select(tag => (tag.Key, tag.Value)), Is.EquivalentTo(new[] { ("owner", "tea"), ("cost", "") }));
        Assert.That(() => Account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = ["eni-1"], Tags = [new Tag("a", "b")] }), Fails("InvalidID"));
    }

    [TestCase("i-missing0", "InvalidInstanceID.NotFound")]
    [TestCase("x", "InvalidInstanceID.Malformed")]
    public void Unknown_instances_are_named(string id, string code) => Assert.That(() => Account.Ec2.StopInstancesAsync(new StopInstancesRequest { InstanceIds = [id] }), Fails(code).And.Message.Contains(id));

    [Test]
    public void Launches_that_cannot_be_are_refused()
    {
        Assert.That(() => Account.Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "windows", MinCount = 1, MaxCount = 1 }), Fails("InvalidAMIID.Malformed"));
        Assert.That(() => Account.Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-1", MinCount = 1, MaxCount = 99 }), Fails("InvalidParameterValue"));
        Assert.That(() => Account.Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-1", MinCount = 1, MaxCount = 1, SubnetId = "subnet-1" }), Fails("InvalidSubnetID.NotFound"));
        Assert.That(() => Account.Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-1", MinCount = 1, MaxCount = 1, UserData = "%%%" }), Fails("InvalidParameterValue"));
    }

    private static NUnit.Framework.Constraints.EqualStringConstraint Fails(string code) => Throws.InstanceOf<AmazonEC2Exception>().With.Property("ErrorCode").EqualTo(code);

    private async Task<List<string>> NamesAsync(params (string Name, string Value)[] filters)
    {
        var found = await Account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { Filters = [.. filters.Select(filter => new Filter(filter.Name, [filter.Value]))] });
        return [.. (found.Reservations ?? []).SelectMany(reservation => reservation.Instances).Select(instance => instance.Tags.First(tag => tag.Key == "Name").Value)];
    }
}
