using Amazon.FIS.Model;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Templates;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Tests.Faults;

/// <summary>What decides what is hit is compared, and nothing else.</summary>
public sealed class DefinitionChangeTests
{
    private static CreateExperimentTemplateRequest Definition => FisTemplate.For("stop", "arn:aws:iam::111122223333:role/fis")
        .Target("web", FisTarget.Instances.WithTag("system", "shop").Where("State.Name", "running", "pending").Count(1))
        .Do("wait", FisAction.Wait("1m"))
        .Do("stop", FisAction.StopInstances("web", "2m"), "wait")
        .StopOn("arn:aws:cloudwatch:us-east-1:111122223333:alarm:orders")
        .ToRequest();

    [Test]
    public void What_FIS_makes_of_it_is_the_same()
    {
        var experiment = WireJson.Reshape<Experiment>(Definition);
        experiment.ExperimentOptions = new ExperimentOptions { AccountTargeting = "single-account", EmptyTargetResolutionMode = "fail", ActionsMode = "run-all" };
        experiment.Tags = new() { ["chaosharness:run"] = "1" };
        experiment.Targets["web"].Filters[0].Values.Reverse();
        experiment.Targets["web"].Parameters = [];
        experiment.Actions["wait"].StartAfter = [];
        experiment.Actions["wait"].Description = "in other words";

        Assert.That(DefinitionChange.Between(Definition, experiment), Is.Null);
    }

    private static readonly object[][] Changes =
    [
        [(Action<Experiment>)(experiment => experiment.Targets["web"].SelectionMode = "ALL"), "targets.web.selectionMode was COUNT(1) and is ALL"],
        [(Action<Experiment>)(experiment => experiment.Targets["web"].ResourceTags["system"] = "bank"), "targets.web.resourceTags.system was shop and is bank"],
        [(Action<Experiment>)(experiment => experiment.Targets["web"].Filters = null), "targets.web.filters was {path: State.Name, values: pending or running} and is not there"],
        [(Action<Experiment>)(experiment => experiment.Actions["stop"].ActionId = "aws:ec2:terminate-instances"), "actions.stop.actionId was aws:ec2:stop-instances and is aws:ec2:terminate-instances"],
        [(Action<Experiment>)(experiment => experiment.Actions["stop"].Parameters.Remove("startInstancesAfterDuration")), "actions.stop.parameters.startInstancesAfterDuration was PT2M and is not there"],
        [(Action<Experiment>)(experiment => experiment.Actions["stop"].StartAfter = null), "actions.stop.startAfter was wait and is not there"],
        [(Action<Experiment>)(experiment => experiment.StopConditions[0] = new ExperimentStopCondition { Source = "none" }), "stopConditions was {source: aws:cloudwatch:alarm, value: arn:aws:cloudwatch:us-east-1:111122223333:alarm:orders} and is {source: none}"],
        [(Action<Experiment>)(experiment => experiment.RoleArn = "arn:aws:iam::111122223333:role/admin"), "roleArn was arn:aws:iam::111122223333:role/fis and is arn:aws:iam::111122223333:role/admin"],
        [(Action<Experiment>)(experiment => experiment.ExperimentOptions = new ExperimentOptions { EmptyTargetResolutionMode = "skip" }), "experimentOptions.emptyTargetResolutionMode was not there and is skip"],
    ];

    [TestCaseSource(nameof(Changes))]
    public void Each_change_is_said(Action<Experiment> change, string said)
    {
        var experiment = WireJson.Reshape<Experiment>(Definition);
        change(experiment);

        Assert.That(DefinitionChange.Between(Definition, experiment), Is.EqualTo(said));
    }
}
