using Amazon.RDS;
using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.Rds;

/// <summary>What RDS tells of what happened.</summary>
internal static class DatabaseEvents
{
    private const string Source = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeEvents.html";
    private const string Messages = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Events.Messages.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("rds-59", "That an instance was created is told, in the category creation", Messages, ContractCost.Database, async account =>
        {
            var events = await EventsAsync(account, request => request.EventCategories = ["creation"]);
            Claim.SameSet("the messages", ["DB instance created"], events.Select(entry => entry.Message));
            Claim.SameSet("their categories", ["creation"], events[0].EventCategories);
        }),
        new("rds-60", "That an instance was backed up is told, in the category backup", Messages, ContractCost.Database, async account =>
        {
            var messages = (await EventsAsync(account, request => request.EventCategories = ["backup"])).ConvertAll(entry => entry.Message);
            Claim.That("begin and end are told", messages.Contains("Backing up DB instance") && messages.Exists(message => message.StartsWith("Finished DB Instance backup", StringComparison.Ordinal)), string.Join("; ", messages));
        }),
        new("rds-61", "Events are told the oldest first, and with the ARN of their source", Source, ContractCost.Database, async account =>
        {
            var events = await EventsAsync(account, static _ => { });
            Claim.That("they are in order", events.Zip(events.Skip(1)).All(pair => pair.First.Date <= pair.Second.Date));
            Claim.Same("the ARN", (await account.SharedAsync(LookedAtDatabase.MakeAsync)).Instance.DBInstanceArn, events[0].SourceArn);
        }),
        new("rds-62", "Events of before a time are not told after it, nor those of after a time before it", Source, ContractCost.Database, async account =>
        {
            var created = (await EventsAsync(account, request => request.EventCategories = ["creation"]))[0].Date!.Value.ToUniversalTime();
            Claim.Same("what was created after it", 0, (await EventsAsync(account, request => (request.StartTime, request.EndTime, request.EventCategories) = (created.AddSeconds(1), created.AddMinutes(5), ["creation"]))).Count);
            Claim.Same("what was created before it", 0, (await EventsAsync(account, request => (request.StartTime, request.EndTime, request.EventCategories) = (created.AddMinutes(-5), created.AddSeconds(-1), ["creation"]))).Count);
        }),
        new("rds-63", "Events of another type of source are not told", Source, ContractCost.Database, async account =>
            Claim.Same("events of a cluster of that name", 0, (await EventsAsync(account, request => request.SourceType = SourceType.DbCluster)).Count)),
        new("rds-64", "A source needs its type: `InvalidParameterCombination`, 400", Source, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterCombination|InvalidParameterValue", () => account.Rds.DescribeEventsAsync(new DescribeEventsRequest { SourceIdentifier = account.Name("nobody") }))),
        new("rds-65", "A page of fewer than 20 events is refused: `InvalidParameterValue`, 400", Source, ContractCost.Nothing, account =>
            Claim.RefusedAsync("InvalidParameterValue", () => account.Rds.DescribeEventsAsync(new DescribeEventsRequest { MaxRecords = 19 }))),
    ];

    private static async Task<List<Event>> EventsAsync(ContractAccount account, Action<DescribeEventsRequest> change)
    {
        var database = await account.SharedAsync(LookedAtDatabase.MakeAsync);
        var request = new DescribeEventsRequest { SourceIdentifier = database.Instance.DBInstanceIdentifier, SourceType = SourceType.DbInstance, Duration = 24 * 60 };
        change(request);
        if (request.StartTime is not null)
        {
            request.Duration = null;
        }

        return (await account.Rds.DescribeEventsAsync(request)).Events ?? [];
    }
}
