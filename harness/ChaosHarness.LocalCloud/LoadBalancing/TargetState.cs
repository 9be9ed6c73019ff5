using System.Globalization;
using Amazon.ElasticLoadBalancingV2;
using Amazon.ElasticLoadBalancingV2.Model;
using ChaosHarness.LocalCloud.Ec2;

namespace ChaosHarness.LocalCloud.LoadBalancing;

/// <summary>What a load balancer thinks of a target.</summary>
/// <param name="Instance">The target.</param>
/// <param name="Check">What came of its last check.</param>
internal sealed record TargetState(Instance Instance, string Check)
{
    public required Health Health { get; init; }

    public TargetHealthDescription ToShape() => Describe(Instance.Id, Health switch
    {
        Health.Initial => Of(TargetHealthStateEnum.Initial, TargetHealthReasonEnum.ElbInitialHealthChecking, "Initial health checks in progress"),
        Health.Healthy => new TargetHealth { State = TargetHealthStateEnum.Healthy },
        Health.Unhealthy => Of(TargetHealthStateEnum.Unhealthy, TargetHealthReasonEnum.TargetFailedHealthChecks, $"Health checks failed: {Check}"),
        Health.Draining => Of(TargetHealthStateEnum.Draining, TargetHealthReasonEnum.TargetDeregistrationInProgress, "Target deregistration is in progress"),
        _ => Of(TargetHealthStateEnum.Unused, TargetHealthReasonEnum.TargetInvalidState, "Target is in the stopped state"),
    });

    public static TargetHealthDescription NotRegistered(string id) =>
        Describe(id, Of(TargetHealthStateEnum.Unused, TargetHealthReasonEnum.TargetNotRegistered, "Target is not registered to the target group"));

    private static TargetHealthDescription Describe(string id, TargetHealth health) => new()
    {
        Target = new TargetDescription { Id = id, Port = Instance.ServicePort },
        HealthCheckPort = Instance.ServicePort.ToString(CultureInfo.InvariantCulture),
        TargetHealth = health,
    };

    private static TargetHealth Of(TargetHealthStateEnum state, TargetHealthReasonEnum reason, string description) => new() { State = state, Reason = reason, Description = description };
}
