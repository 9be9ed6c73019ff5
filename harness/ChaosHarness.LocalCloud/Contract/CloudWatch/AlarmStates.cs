using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace ChaosHarness.LocalCloud.Contract.CloudWatch;

/// <summary>What alarms make of datapoints, and of missing ones.</summary>
internal static class AlarmStates
{
    private const string Missing = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html";
    private const string Evaluation = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html";
    private const string SetState = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("cw-01", "A new alarm is in `INSUFFICIENT_DATA`, and says that it was not checked yet", Evaluation, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "new");
            Claim.Same("the state", "INSUFFICIENT_DATA", (await MadeAlarms.OneAsync(account, name)).StateValue.Value);
        }),
        Untold("cw-02", "Where all datapoints are missing, an alarm that treats them as `missing` is in `INSUFFICIENT_DATA`", "missing", "INSUFFICIENT_DATA"),
        Untold("cw-03", "Where all datapoints are missing, an alarm that treats them as `breaching` is in `ALARM`", "breaching", "ALARM"),
        Untold("cw-04", "Where all datapoints are missing, an alarm that treats them as `notBreaching` is in `OK`", "notBreaching", "OK"),
        new("cw-05", "Where all datapoints are missing, an alarm that ignores them stays as it is", Missing, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "ignores", request => request.TreatMissingData = "ignore");
            await SetAsync(account, name, StateValue.OK);
            await Task.Delay(account.IsAws ? TimeSpan.FromMinutes(3) : TimeSpan.FromSeconds(2));
            Claim.Same("the state", "OK", (await MadeAlarms.OneAsync(account, name)).StateValue.Value);
        }),
        new("cw-06", "Nothing said of missing datapoints is `missing`", Missing, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "unsaid", request => request.TreatMissingData = null);
            await SetAsync(account, name, StateValue.OK);
            await MadeAlarms.IsAsync(account, name, "INSUFFICIENT_DATA");
        }),
        Told("cw-07", "More than the threshold is an `ALARM` with `GreaterThanThreshold`", ComparisonOperator.GreaterThanThreshold, 6, "ALARM"),
        Told("cw-08", "The threshold itself is `OK` with `GreaterThanThreshold`", ComparisonOperator.GreaterThanThreshold, 5, "OK"),
        Told("cw-09", "The threshold itself is an `ALARM` with `GreaterThanOrEqualToThreshold`", ComparisonOperator.GreaterThanOrEqualToThreshold, 5, "ALARM"),
        Told("cw-10", "Less than the threshold is an `ALARM` with `LessThanThreshold`", ComparisonOperator.LessThanThreshold, 4, "ALARM"),
        Told("cw-11", "The threshold itself is an `ALARM` with `LessThanOrEqualToThreshold`", ComparisonOperator.LessThanOrEqualToThreshold, 5, "ALARM"),
        new("cw-12", "An alarm is well again once datapoints are", Evaluation, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "well", request => request.TreatMissingData = "notBreaching");
            await MadeAlarms.DatumAsync(account, name, 9);
            await MadeAlarms.IsAsync(account, name, "ALARM");
            await MadeAlarms.IsAsync(account, name, "OK");
        }),
        new("cw-13", "Two of three datapoints that breach are an `ALARM` where two are enough", Evaluation, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "two-of-three", request => (request.EvaluationPeriods, request.DatapointsToAlarm, request.TreatMissingData) = (3, 2, "notBreaching"));
            foreach (var (ago, value) in new[] { (90, 9.0), (150, 1.0), (210, 9.0) })
            {
                await MadeAlarms.DatumAsync(account, name, value, account.IsAws ? TimeSpan.FromSeconds(ago) : TimeSpan.FromSeconds(ago) / 60);
            }

            await MadeAlarms.IsAsync(account, name, "ALARM");
        }),
        new("cw-14", "A state that was set by hand is left for the one that the alarm finds itself", SetState, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "by-hand", request => request.TreatMissingData = "notBreaching");
            await MadeAlarms.IsAsync(account, name, "OK");
            await SetAsync(account, name, StateValue.ALARM);
            await MadeAlarms.IsAsync(account, name, "OK");
        }),
        new("cw-15", "The reason of a state that was set by hand is told", SetState, ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "reason", request => request.TreatMissingData = "ignore");
            await SetAsync(account, name, StateValue.ALARM);
            var alarm = await MadeAlarms.OneAsync(account, name);
            Claim.Same("state and reason", ("ALARM", "by contract"), (alarm.StateValue.Value, alarm.StateReason));
        }),
        new("cw-16", "The state of an alarm that is not there cannot be set: `ResourceNotFound`, 404", SetState, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ResourceNotFound", () => SetAsync(account, account.Name("nobody"), StateValue.OK), System.Net.HttpStatusCode.NotFound)),
        new("cw-17", "A state that is none is refused: `ValidationError`, 400", SetState, ContractCost.Nothing, account =>
            Claim.RefusedAsync("ValidationError", () => SetAsync(account, account.Name("nobody"), new StateValue("WORRIED")))),
        new("cw-18", "A datapoint of other dimensions is one of another metric", "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_concepts.html", ContractCost.Alarm, async account =>
        {
            var name = await MadeAlarms.MakeAsync(account, "dimensions", request => (request.TreatMissingData, request.Dimensions) = ("notBreaching", [new Dimension { Name = "Zone", Value = "a" }]));
            await MadeAlarms.IsAsync(account, name, "OK");
            await MadeAlarms.DatumAsync(account, name, 9);
            await Task.Delay(account.IsAws ? TimeSpan.FromMinutes(3) : TimeSpan.FromSeconds(1));
            Claim.Same("the state", "OK", (await MadeAlarms.OneAsync(account, name)).StateValue.Value);
        }),
    ];

    private static ContractCase Untold(string id, string behaviour, string treatment, string state) => new(id, behaviour, Missing, ContractCost.Alarm, async account =>
    {
        var name = await MadeAlarms.MakeAsync(account, treatment.ToLowerInvariant(), request => (request.TreatMissingData, request.EvaluationPeriods) = (treatment, 3));
        // It begins in one of the states: from another it has to find there by itself.
        await SetAsync(account, name, state == "OK" ? StateValue.ALARM : StateValue.OK);
        await MadeAlarms.IsAsync(account, name, state);
    });

    private static ContractCase Told(string id, string behaviour, ComparisonOperator comparison, double value, string state) => new(id, behaviour, Evaluation, ContractCost.Alarm, async account =>
    {
        var name = await MadeAlarms.MakeAsync(account, id, request => (request.ComparisonOperator, request.TreatMissingData) = (comparison, "ignore"));
        await MadeAlarms.DatumAsync(account, name, value);
        await MadeAlarms.IsAsync(account, name, state);
    });

    private static Task<SetAlarmStateResponse> SetAsync(ContractAccount account, string name, StateValue state) => account.CloudWatch.SetAlarmStateAsync(new SetAlarmStateRequest { AlarmName = name, StateValue = state, StateReason = "by contract" });
}
